package import LeakAnalysis

/// Facts made up for a playbook, and the verdict expected on them.
package struct PlaybookTest: Sendable, Equatable {
  /// What the test shows, as a sentence.
  package let name: String
  /// The facts that are known; all others are unknown.
  package let facts: FactSet
  /// The verdict that must come.
  package let expectation: Expectation

  /// A verdict and what must have led to it.
  package enum Expectation: Sendable, Equatable {
    case match
    /// The fact whose condition decides.
    case noMatch(because: FactID)
    /// The captures that would tell the facts that are missing; empty when the test names none.
    case unknown(missing: [EvidenceKind])
  }

  /// How a test went.
  package struct Outcome: Sendable, Equatable {
    /// The test that was run.
    package let test: PlaybookTest
    /// The verdict that came.
    package let verdict: Evaluation.Verdict
    /// Whether it is the verdict expected, for the reason expected.
    package var passed: Bool { test.expectation.accepts(verdict) }
    /// What was expected and what came, for one line of output.
    package var explanation: String { "expected \(test.expectation), got \(verdict)" }
  }
}

extension PlaybookTest.Expectation {
  /// Whether a verdict is the one expected, for the reason expected.
  func accepts(_ verdict: Evaluation.Verdict) -> Bool {
    switch (self, verdict) {
    case (.match, .match): true
    case (.noMatch(let fact), .noMatch(let reasons)): reasons.contains { $0.facts.contains(fact) }
    case (.unknown(let captures), .unknown(let missing)):
      captures.isEmpty || Self.tell(captures, missing)
    default: false
    }
  }

  /// Whether each fact is told by one of the captures, and each capture tells one of the facts.
  private static func tell(_ captures: [EvidenceKind], _ facts: [FactID]) -> Bool {
    let tellers = facts.map(\.definition.needs)
    return tellers.allSatisfy { $0.contains(where: captures.contains) }
      && captures.allSatisfy { capture in tellers.contains { $0.contains(capture) } }
  }
}

extension PlaybookTest.Expectation: CustomStringConvertible {
  /// The expectation as a phrase: `no-match because of goroutine.count`.
  package var description: String {
    switch self {
    case .match: "match"
    case .noMatch(let fact): "no-match because of \(fact.rawValue)"
    case .unknown(let captures) where captures.isEmpty: "unknown"
    case .unknown(let captures):
      "unknown without \(captures.map(\.rawValue).joined(separator: ", "))"
    }
  }
}

extension Evaluation.Verdict: CustomStringConvertible {
  /// The verdict as a phrase: `unknown without heap.growth`.
  package var description: String {
    switch self {
    case .match: "match"
    case .noMatch(let reasons):
      "no-match because of \(reasons.map(\.text).joined(separator: "; "))"
    case .unknown(let facts):
      "unknown without \(facts.map(\.rawValue).joined(separator: ", "))"
    }
  }
}

extension Playbook {
  /// Runs the tests of the playbook, in the order of the file.
  ///
  /// - Throws: `PlaybookError` when the tests cannot be read.
  package func runTests() throws(PlaybookError) -> [PlaybookTest.Outcome] {
    try tests().map { PlaybookTest.Outcome(test: $0, verdict: evaluate($0.facts).verdict) }
  }
}
