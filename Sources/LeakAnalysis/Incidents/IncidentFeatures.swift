import GoFormats
package import LeakModel

/// What makes an incident like another: the stacks that grow, the facts that stand out.
///
/// Keys are normalised names, so that the same code matches across builds. Own frames and all
/// frames are kept apart (as Sentry keeps two hashes): own frames find the same code, all frames
/// find the same kind of trouble in another service.
package struct IncidentFeatures: Sendable, Equatable {
  /// The kinds of features.
  package enum Kind: String, Sendable, CaseIterable {
    /// A function of the program on a growing stack.
    case ownFrame = "own-frame"
    /// A wait and the library calls of a growing stack.
    case anyFrame = "any-frame"
    /// A fact that is a word or a "yes".
    case fact
    /// A cause among the verdicts.
    case cause
  }

  /// The weight of each feature, 0 to 1, by kind.
  package private(set) var weights: [Kind: [String: Double]] = [:]

  package init() {}

  /// Takes the features from evidence and the verdicts on it.
  package init(evidence: EvidenceBundle, verdicts: [Verdict]) {
    addGoroutines(evidence)
    addHeap(evidence)
    // Only the facts that led to the verdict: the rest is true of most programs.
    for reason in verdicts.first?.reasonsFor ?? [] {
      switch reason.value {
      case .word(let word): add(.fact, "\(reason.fact)=\(word)", 1)
      case .flag(true): add(.fact, reason.fact, 1)
      case .flag, .number, nil: break
      }
    }
    for verdict in verdicts where verdict.cause != .unknown {
      add(.cause, verdict.cause.rawValue, verdict.confidence)
    }
  }

  /// Replaces the causes by the one that a person settled.
  package mutating func settle(_ cause: Cause) {
    weights[.cause] = [cause.rawValue: 1]
  }

  /// Adds a feature; of two weights for one feature the larger stays.
  package mutating func add(_ kind: Kind, _ text: String, _ weight: Double) {
    guard weight > 0 else { return }
    weights[kind, default: [:]][text] = max(weight, weights[kind]?[text] ?? 0)
  }

  /// The functions on the stacks that grow, libraries' included, for the text index.
  package private(set) var functions: Set<String> = []

  private mutating func addGoroutines(_ evidence: EvidenceBundle) {
    guard let growth = evidence.goroutineGrowth, growth.total > 0 else { return }
    for group in growth.groups.prefix(5) {
      let share = min(1, Double(group.count) / Double(max(1, growth.total)))
      guard share >= 0.05 else { continue }
      for frame in group.frames {
        let name = FunctionName(frame.function)
        functions.insert(name.normalized)
        if evidence.ownCode.isOwn(frame) {
          add(.ownFrame, name.normalized, share)
        } else {
          add(.anyFrame, "\(group.wait.rawValue) \(name.normalized)", share)
        }
      }
      if group.frames.allSatisfy(evidence.ownCode.isOwn) {
        add(.anyFrame, "\(group.wait.rawValue) own", share)
      }
    }
  }

  private mutating func addHeap(_ evidence: EvidenceBundle) {
    guard let growth = evidence.heapGrowth, growth.total > 0 else { return }
    for site in growth.sites.prefix(5) {
      let share = min(1, Double(site.bytes) / Double(growth.total))
      guard share >= 0.05 else { continue }
      let name = FunctionName(site.frame.function).normalized
      functions.insert(name)
      if site.isOwn { add(.ownFrame, name, share) } else { add(.anyFrame, "heap \(name)", share) }
      add(.anyFrame, "heap \(site.kind.rawValue)", share)
    }
  }
}
