import LeakModel
import Testing

@testable import LeakStore

/// Fixes, what became of them, and the counts over all of them.
struct OutcomeTests {
  private let store: Store

  init() throws {
    store = try .inMemory()
  }

  @Test func `a fix that nothing was measured of is neither proven nor failed`() async throws {
    let id = try await resolved("close it")
    let repair = try #require(try await store.repairs(of: id).first)
    #expect(repair.verifiedAt == nil && repair.failedAt == nil)
  }

  @Test func `what is settled when it is logged comes with its fix`() async throws {
    let id = try await store.insert(
      .sample { incident in
        incident.status = .resolved
        incident.cause = .timerLeak
        incident.fix = "stop it"
      }
    ).id
    #expect(try await store.repairs(of: id).map(\.fix) == ["stop it"])
  }

  @Test func `a step marks the latest fix alone`() async throws {
    let id = try await resolved("first try")
    try await step(id, .failed(at: .night(minute: 20)))
    try await step(id, .applied(repair("second try", minute: 30)))
    try await step(id, .proven(at: .night(minute: 40)))
    let repairs = try await store.repairs(of: id)
    #expect(repairs.map(\.failedAt) == [.night(minute: 20), nil])
    #expect(repairs.map(\.verifiedAt) == [nil, .night(minute: 40)])
  }

  @Test func `a fix counts by its words, whatever the case`() async throws {
    try await step(try await resolved("Close the body"), .proven(at: .night(minute: 40)))
    try await step(try await resolved("close the body "), .failed(at: .night(minute: 40)))
    let outcome = try #require(try await store.repairOutcomes(isByFix: true).first)
    #expect([outcome.applied, outcome.verified, outcome.failed] == [2, 1, 1])
  }

  @Test func `a proven fix that failed later does not hold`() async throws {
    let id = try await resolved("close it")
    try await step(id, .proven(at: .night(minute: 40)))
    try await step(id, .failed(at: .night(minute: 50)))
    let outcome = try #require(try await store.repairOutcomes(isByFix: false).first)
    #expect([outcome.verified, outcome.failed] == [0, 1])
  }

  @Test func `a filter narrows the counts`() async throws {
    _ = try await resolved("close it")
    let none = try await store.repairOutcomes(IncidentFilter(service: "other"), isByFix: false)
    #expect(none == [])
  }

  @Test func `a verdict is right when it names the settled cause`() async throws {
    let id = try await resolved("close it")
    try await store.record(.sample(.timerLeak), for: id)
    try await store.record(.sample(.lockBlocked, minute: 2), for: try await resolved("b"))
    let outcome = try #require(try await store.verdictOutcomes().first)
    #expect([outcome.judged, outcome.right] == [2, 1])
  }

  @Test func `times run from the beginning to the verdict, and from the fix to the proof`()
    async throws
  {
    let id = try await resolved("close it")
    try await store.record(.sample(.timerLeak, minute: 3), for: id)
    try await step(id, .proven(at: .night(minute: 40)))
    let times = try await store.stepTimes()
    #expect(times.toDiagnose == [180])
    #expect(times.toResolve == [600])
    #expect(times.toVerify == [1_800])
  }

  @Test func `imported cases took no time here`() async throws {
    _ = try await resolved("close it") { $0.importedCase = "001-relay" }
    #expect(try await store.stepTimes().toResolve == [])
  }

  /// An incident of minute 0 with a timer leak that was fixed at minute 10.
  private func resolved(
    _ fix: String,
    change: (inout NewIncident) -> Void = { _ in }
  ) async throws -> IncidentID {
    let id = try await store.insert(.sample(change: change)).id
    try await step(id, .applied(repair(fix, minute: 10)))
    return id
  }

  private func repair(_ fix: String, minute: Int) -> Repair {
    Repair(
      cause: .timerLeak,
      fix: fix,
      commit: nil,
      at: .night(minute: minute),
      author: "kai"
    )
  }

  private func step(_ id: IncidentID, _ change: RepairChange) async throws {
    let event = TimelineEvent(at: .night(minute: 60), author: "kai", kind: .edited)
    try await store.update(id, event: event, repair: change) { $0.cause = .timerLeak }
  }
}
