import LeakCasebook
import LeakModel
import Testing

struct OutcomesTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `an empty base has no rates and no times`() async throws {
    let outcomes = try await casebook.outcomes()
    #expect(outcomes.playbooks == [] && outcomes.fixes == [])
    #expect(outcomes.timeToDiagnose.mean == nil)
  }

  @Test func `a fix whose outcome is not known has no rate`() async throws {
    try await resolved("unlock it")
    let fix = try #require(try await casebook.outcomes().fixes.first)
    #expect(fix.applied == 1 && fix.successRate == nil)
  }

  @Test func `a fix that came back has a rate of zero`() async throws {
    let id = try await resolved("unlock it")
    try await casebook.reopen(id, why: "again", author: "bob")
    #expect(try await casebook.outcomes().playbooks.map(\.successRate) == [0])
  }

  @Test func `each fix of a cause stands for itself`() async throws {
    try await resolved("unlock it")
    try await resolved("no lock at all")
    let outcomes = try await casebook.outcomes()
    #expect(outcomes.playbooks.map(\.applied) == [2])
    #expect(outcomes.fixes.map(\.applied) == [1, 1])
  }

  @discardableResult
  private func resolved(_ fix: String) async throws -> IncidentID {
    let id = try await casebook.log("memory climbs").incident.id
    try await casebook.resolve(id, cause: .lockBlocked, fix: fix, commit: nil, author: "bob")
    return id
  }
}
