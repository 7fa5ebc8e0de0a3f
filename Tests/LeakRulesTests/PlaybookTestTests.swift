import LeakAnalysis
import LeakModel
import Testing

@testable import LeakRules

struct PlaybookTestTests {
  private func outcomes(_ part: String = "", _ replacement: String = "") throws -> [Bool] {
    try Playbook(path: Sample.path, text: Sample.english(part, replacement)).runTests()
      .map(\.passed)
  }

  @Test func `tests that expect what comes pass`() throws {
    #expect(try outcomes() == [true, true, true, true, true])
  }

  @Test func `another verdict fails`() throws {
    #expect(
      try outcomes(
        "goroutine.growing.count: 4980 }\n    expect: match",
        "goroutine.growing.count: 3 }\n    expect: match"
      ).first == false
    )
  }

  @Test func `a no-match for another reason fails`() throws {
    let outcomes = try outcomes(
      "because: goroutine.growing.wait",
      "because: goroutine.growing.count"
    )
    #expect(outcomes == [true, false, true, true, true])
  }

  @Test(arguments: [
    ("[goroutine-profiles]", true), ("[heap-profile]", false), ("[goroutine-dump]", false),
    ("[goroutine-profiles, goroutine-dump]", true), ("[goroutine-profiles, kernel-log]", false),
    ("[]", true),
  ])
  func `missing captures must tell the missing facts`(captures: String, passes: Bool) throws {
    let outcomes = try outcomes("missing: [goroutine-profiles]", "missing: \(captures)")
    #expect(outcomes.last == passes)
  }

  @Test func `an outcome explains itself`() throws {
    let text = Sample.english("expect: match", "expect: unknown")
    let outcome = try #require(try Playbook(path: Sample.path, text: text).runTests().first)
    #expect(outcome.explanation == "expected unknown, got match")
  }

  @Test func `facts are read in their units`() throws {
    let tests = try Playbook(path: Sample.path, text: Sample.english).tests()
    #expect(tests.last?.facts.number(.heapGrowth) == 41_943_040)
  }
}
