import LeakAnalysis

extension PlaybookLint {
  /// The tests pass, show every verdict there can be, and need every condition.
  static func testProblems(of playbook: Playbook) -> [PlaybookProblem] {
    let outcomes: [PlaybookTest.Outcome]
    do {
      outcomes = try playbook.runTests()
    } catch {
      return error.problems
    }
    let failures = outcomes.filter { !$0.passed }.map {
      playbook.source.problem(at: $0.test.name, "the test fails: \($0.explanation)")
    }
    // What a failing test proves is not worth telling.
    guard failures.isEmpty else { return failures }
    let tests = outcomes.map(\.test)
    return nameProblems(of: tests, in: playbook) + verdictProblems(of: tests, in: playbook)
      + conditionProblems(of: tests, in: playbook)
  }

  private static func nameProblems(
    of tests: [PlaybookTest],
    in playbook: Playbook
  ) -> [PlaybookProblem] {
    var seen: Set<String> = []
    return tests.filter { !seen.insert($0.name).inserted }.map {
      playbook.source.problem(at: $0.name, "two tests have this name")
    }
  }

  /// A playbook without conditions can never be undecided or ruled out.
  private static func verdictProblems(
    of tests: [PlaybookTest],
    in playbook: Playbook
  ) -> [PlaybookProblem] {
    let canBeRuledOut = !(playbook.requires + playbook.excludes).isEmpty
    var missing: [String] = []
    if !tests.contains(where: { $0.expectation == .match }) { missing.append("match") }
    if canBeRuledOut, !tests.contains(where: { $0.expectation.isNoMatch }) {
      missing.append("no-match")
    }
    if !playbook.requires.isEmpty, !tests.contains(where: { $0.expectation.isUnknown }) {
      missing.append("unknown")
    }
    return missing.map { playbook.source.problem(at: "tests:", "no test expects \($0)") }
  }

  /// Each condition is the reason of a no-match, and some test fails without it.
  private static func conditionProblems(
    of tests: [PlaybookTest],
    in playbook: Playbook
  ) -> [PlaybookProblem] {
    let evaluations = tests.map { ($0, playbook.evaluate($0.facts)) }
    return (playbook.requires + playbook.excludes).enumerated().compactMap { index, condition in
      let isReason = evaluations.contains { test, evaluation in
        guard case .noMatch(let fact) = test.expectation, condition.facts.contains(fact),
          case .noMatch(let reasons) = evaluation.verdict
        else { return false }
        return reasons.contains(condition)
      }
      guard isReason else {
        let message = "no test expects a no-match because of this condition"
        return playbook.source.problem(at: condition.text, message)
      }
      let isNeeded = evaluations.contains { test, evaluation in
        !test.expectation.accepts(evaluation.verdict(withoutCondition: index))
      }
      let message = "every test passes without this condition"
      return isNeeded ? nil : playbook.source.problem(at: condition.text, message)
    }
  }
}

extension PlaybookTest.Expectation {
  fileprivate var isNoMatch: Bool {
    if case .noMatch = self { true } else { false }
  }

  fileprivate var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }
}

extension Evaluation {
  /// The verdict if one condition were not there, counted through `requires`, then `excludes`.
  fileprivate func verdict(withoutCondition index: Int) -> Verdict {
    var (required, excluded) = (requires, excludes)
    if required.indices.contains(index) {
      required.remove(at: index)
    } else {
      excluded.remove(at: index - required.count)
    }
    return Verdict(requires: required, excludes: excluded)
  }
}
