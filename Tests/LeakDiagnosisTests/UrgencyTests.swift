import LeakAnalysis
import LeakModel
import LeakRules
import Testing

@testable import LeakDiagnosis

struct UrgencyTests {
  private let rulebook: Rulebook

  init() throws {
    rulebook = try Rulebook.embedded
  }

  @Test func `a kill by the container's limit makes it urgent`() throws {
    let playbook = try #require(
      rulebook.playbooks.first { $0.severity < .p1 && $0.id != .healthy && $0.id != .pageCache }
    )
    #expect(Urgency.severity(of: playbook, facts: FactSet()) == playbook.severity)
    #expect(Urgency.severity(of: playbook, facts: FactSet([Self.killed])) == .p1)
  }

  @Test func `growth next to the limit is for now`() {
    let playbook = rulebook.playbook(for: .unboundedCache)
    let facts = FactSet([
      Fact(id: .processRSSTrend, value: .word("growing"), statement: "", from: []),
      Fact(id: .containerProcessRatio, value: .number(0.97), statement: "", from: []),
    ])
    #expect(Urgency.severity(of: playbook, facts: facts) == .p0)
  }

  @Test(arguments: [Cause.healthy, .pageCache])
  func `what is nothing wrong is not raised by a kill`(cause: Cause) throws {
    let playbook = try #require(rulebook.playbook(for: cause))
    #expect(
      Urgency.severity(of: playbook, facts: FactSet([Self.killed])) == playbook.severity
    )
  }

  @Test func `an unknown cause is for this week`() {
    #expect(Urgency.severity(of: nil, facts: FactSet()) == .p2)
  }

  @Test func `an unknown cause after a kill is for today`() {
    #expect(Urgency.severity(of: nil, facts: FactSet([Self.killed])) == .p1)
  }

  private static let killed = Fact(
    id: .containerOOMKilled,
    value: .flag(true),
    statement: "",
    from: []
  )
}
