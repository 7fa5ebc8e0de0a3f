import LeakModel
import LeakRules
import Testing

/// The catalogue that is compiled into the program.
struct EveryPlaybookTests {
  @Test func `every playbook can be read`() throws {
    _ = try Rulebook.embedded
  }

  @Test func `no playbook breaks a rule of the format`() throws {
    let problems = PlaybookLint.problems(in: try Rulebook.embedded)
    #expect(problems.isEmpty, "\(PlaybookError(problems))")
  }

  @Test(arguments: Cause.allCases.filter { $0 != .unknown })
  func `the tests of a playbook pass`(cause: Cause) throws {
    let playbook = try #require(try Rulebook.embedded.playbook(for: cause))
    for outcome in try playbook.runTests() {
      #expect(outcome.passed, "\(outcome.test.name): \(outcome.explanation)")
    }
  }
}
