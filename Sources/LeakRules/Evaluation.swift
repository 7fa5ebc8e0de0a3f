package import LeakAnalysis
package import LeakModel

/// What the facts say of one playbook.
package struct Evaluation: Sendable, Equatable {
  /// The cause the playbook is for.
  package let cause: Cause
  /// Whether the cause is possible.
  package let verdict: Verdict
  /// The log-odds of the cause: the prior and what each clue adds.
  package let score: Double
  /// The conditions that must hold, in the order of the file.
  package let requires: [Judgement]
  /// The conditions that rule the cause out, in the order of the file.
  package let excludes: [Judgement]
  /// The clues, in the order of the file; the unknown ones weigh nothing.
  package let contributions: [Contribution]

  /// What the conditions decide.
  package enum Verdict: Sendable, Equatable {
    case match
    /// The conditions that decide: `requires` that fail, `excludes` that hold; never empty.
    case noMatch(because: [Condition])
    /// The unmeasured facts that `requires` asks for; never empty.
    case unknown(missing: [FactID])
  }

  /// A condition and whether it holds.
  package struct Judgement: Sendable, Equatable {
    /// The condition judged.
    package let condition: Condition
    /// The facts that keep it open; empty unless it is unknown.
    package let missing: [FactID]
    /// Whether it holds.
    package let truth: Truth
  }

  /// A clue, whether it holds, and what it adds to the log-odds.
  package struct Contribution: Sendable, Equatable {
    /// The condition of the clue.
    package let condition: Condition
    /// Whether it holds.
    package let truth: Truth
    /// Log-odds; negative when the clue speaks against the cause.
    package let weight: Double
    /// Why it speaks for or against the cause, in one clause.
    package let because: String
  }

  /// Whether all that must hold does, and nothing rules the cause out.
  package var isMatch: Bool { verdict == .match }

  /// The conditions that would rule the cause out if they were known to hold.
  package var notRuledOut: [Condition] {
    excludes.filter { $0.truth == .unknown }.map(\.condition)
  }
}

extension Playbook {
  /// Judges the playbook on facts, by Kleene's three-valued logic.
  ///
  /// A `requires` that fails or an `excludes` that holds rules the cause out; a `requires` that is
  /// unknown leaves it undecided; an `excludes` that is unknown does not.
  package func evaluate(_ facts: FactSet) -> Evaluation {
    let required = requires.map { Evaluation.Judgement($0, facts) }
    let excluded = excludes.map { Evaluation.Judgement($0, facts) }
    let contributions = evidence.map { clue in
      let truth = clue.condition.evaluate(facts)
      return Evaluation.Contribution(
        condition: clue.condition,
        truth: truth,
        weight: clue.weight(truth),
        because: clue.because
      )
    }
    return Evaluation(
      cause: id,
      verdict: Evaluation.Verdict(requires: required, excludes: excluded),
      score: contributions.reduce(prior) { $0 + $1.weight },
      requires: required,
      excludes: excluded,
      contributions: contributions
    )
  }
}

extension Evaluation.Judgement {
  init(_ condition: Condition, _ facts: FactSet) {
    self.condition = condition
    self.truth = condition.evaluate(facts)
    self.missing = truth == .unknown ? condition.missing(in: facts) : []
  }
}

extension Evaluation.Verdict {
  /// The verdict that follows from the conditions as judged.
  init(requires: [Evaluation.Judgement], excludes: [Evaluation.Judgement]) {
    let deciding = requires.filter { $0.truth == .no } + excludes.filter { $0.truth == .yes }
    let open = requires.filter { $0.truth == .unknown }.flatMap(\.missing)
    if !deciding.isEmpty {
      self = .noMatch(because: deciding.map(\.condition))
    } else if open.isEmpty {
      self = .match
    } else {
      let missing = open.enumerated().filter { !open[..<$0.offset].contains($0.element) }
      self = .unknown(missing: missing.map(\.element))
    }
  }
}
