package import LeakDiagnosis
package import LeakModel
package import LeakStore

/// The work on incidents: what the command line and the server both do with store and diagnosis.
package struct Casebook: Sendable {
  package let store: Store
  package let diagnoser: Diagnoser
  /// The clock.
  let now: @Sendable () -> Instant
  /// What the words of stories point to, by the same playbooks; a fifth of the time that a command
  /// takes goes into reading these, so it is done beside the rest.
  private let hints: Task<CauseHints, Never>

  package init(store: Store, diagnoser: Diagnoser, now: @escaping @Sendable () -> Instant) {
    let hints = Task.detached { CauseHints(diagnoser.rulebook) }
    self.init(store: store, diagnoser: diagnoser, now: now, hints: hints)
  }

  private init(
    store: Store,
    diagnoser: Diagnoser,
    now: @escaping @Sendable () -> Instant,
    hints: Task<CauseHints, Never>
  ) {
    self.store = store
    self.diagnoser = diagnoser
    self.now = now
    self.hints = hints
  }

  /// The causes that the words of a story or the names on stacks point to.
  func hintedCauses(of text: String) async -> [Cause: Double] {
    await hints.value.causes(of: text)
  }

  /// The same casebook, which changes an incident only if nobody else has meanwhile.
  ///
  /// - Parameter revisions: Those of the incident that the caller has seen.
  /// - Returns: A casebook over the same store.
  package func expecting(_ revisions: Set<Int64>) -> Casebook {
    Casebook(store: store.expecting(revisions), diagnoser: diagnoser, now: now, hints: hints)
  }
}

/// Why a step in an incident's life is refused.
package enum CasebookError: Error, Equatable, CustomStringConvertible {
  case alreadyClosed(IncidentID, IncidentStatus)
  case notClosed(IncidentID, IncidentStatus)
  case notAllowed(IncidentID, from: IncidentStatus, to: IncidentStatus)
  case emptyFix(IncidentID)
  case linkToItself(IncidentID)
  case originalIsDuplicate(IncidentID, of: IncidentID)
  case notLinked(IncidentID, IncidentID)
  case nothingToVerify(IncidentID, IncidentStatus)
  case nothingToCompare(IncidentID)
  case sameEvidence(IncidentID)
  case damagedEvidence(sha256: String)

  package var description: String {
    switch self {
    case .alreadyClosed(let id, let status):
      "\(id) is \(status.rawValue) already; reopen it first: leakbook reopen \(id)"
    case .notClosed(let id, let status):
      "\(id) is \(status.rawValue): there is nothing to reopen"
    case .notAllowed(let id, let from, let to):
      "\(id) is \(from.rawValue) and cannot become \(to.rawValue), only \(Self.list(from.successors))"
    case .emptyFix(let id):
      "\(id) cannot be resolved without a fix: say what repaired it with --fix TEXT"
    case .linkToItself(let id):
      "\(id) cannot be a duplicate of itself: name the other incident second"
    case .originalIsDuplicate(let id, let original):
      "\(id) is itself a duplicate of \(original): link to \(original)"
    case .notLinked(let id, let target):
      "\(id) is not linked to \(target): there is nothing to undo; `leakbook show \(id)` lists links"
    case .nothingToVerify(let id, let status):
      "\(id) is \(status.rawValue): only a fix that is in place can be verified; "
        + "say what it was first: leakbook resolve \(id) --cause ID --fix TEXT"
    case .nothingToCompare(let id):
      "\(id) has no readable evidence of the trouble, so nothing later can be compared with it"
    case .sameEvidence(let id):
      "these captures are the evidence of \(id) itself; take new ones after the fix"
    case .damagedEvidence(let sha256):
      "the stored capture \(sha256.prefix(12))… does not have its SHA-256 any more; "
        + "restore a backup: leakbook db restore FILE"
    }
  }

  private static func list(_ statuses: Set<IncidentStatus>) -> String {
    statuses.map(\.rawValue).sorted().joined(separator: ", ")
  }
}
