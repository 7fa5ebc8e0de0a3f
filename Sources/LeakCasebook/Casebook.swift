package import LeakDiagnosis
package import LeakModel
package import LeakStore

/// The work on incidents: what the command line and the server both do with store and diagnosis.
package struct Casebook: Sendable {
  package let store: Store
  package let diagnoser: Diagnoser
  /// The clock.
  let now: @Sendable () -> Instant

  package init(store: Store, diagnoser: Diagnoser, now: @escaping @Sendable () -> Instant) {
    self.store = store
    self.diagnoser = diagnoser
    self.now = now
  }

  /// The same casebook, which changes an incident only if nobody else has meanwhile.
  ///
  /// - Parameter revisions: Those of the incident that the caller has seen.
  /// - Returns: A casebook over the same store.
  package func expecting(_ revisions: Set<Int64>) -> Casebook {
    Casebook(store: store.expecting(revisions), diagnoser: diagnoser, now: now)
  }
}

/// Why a step in an incident's life is refused.
package enum CasebookError: Error, Equatable, CustomStringConvertible {
  case alreadyClosed(IncidentID, IncidentStatus)
  case notClosed(IncidentID, IncidentStatus)
  case emptyFix(IncidentID)
  case linkToItself(IncidentID)
  case damagedEvidence(sha256: String)

  package var description: String {
    switch self {
    case .alreadyClosed(let id, let status):
      "\(id) is \(status.rawValue) already; reopen it first: leakbook reopen \(id)"
    case .notClosed(let id, let status):
      "\(id) is \(status.rawValue): there is nothing to reopen"
    case .emptyFix(let id):
      "\(id) cannot be resolved without a fix: say what repaired it with --fix TEXT"
    case .linkToItself(let id):
      "\(id) cannot be a duplicate of itself: name the other incident second"
    case .damagedEvidence(let sha256):
      "the stored capture \(sha256.prefix(12))… does not have its SHA-256 any more: restore a backup"
    }
  }
}
