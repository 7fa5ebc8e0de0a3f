import LeakModel
import Testing

@testable import LeakStore

struct VerdictTests {
  @Test(arguments: StorePlace.allCases)
  func `verdicts are kept, the latest first`(place: StorePlace) async throws {
    try await place.withStore { store in
      let id = try await store.insert(.sample()).id
      let first = StoredVerdict.sample(.timerLeak, culprit: "main.tick", minute: 3)
      let second = StoredVerdict.sample(.cgoLeak, minute: 2)
      try await store.record(first, for: id)
      try await store.record(second, for: id)
      #expect(try await store.verdicts(of: id) == [second, first])
      #expect(try await store.latestVerdict(of: id) == second)
    }
  }

  @Test func `an incident without a verdict has none`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    #expect(try await store.latestVerdict(of: id) == nil)
  }

  @Test func `a verdict is told in the timeline`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    try await store.record(.sample(.timerLeak, minute: 6), for: id)
    let event = TimelineEvent(
      at: .night(minute: 6),
      author: "leakbook",
      kind: .diagnosed,
      detail: "timer-leak"
    )
    #expect(try await store.timeline(of: id).last == event)
  }

  @Test(arguments: [-0.1, 1.1, .nan])
  func `a confidence outside 0 to 1 is refused and nothing kept`(confidence: Double) async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    await #expect(throws: StoreError.self) {
      try await store.record(.sample(.timerLeak, confidence: confidence), for: id)
    }
    #expect(try await store.timeline(of: id).count == 1)
  }

  @Test func `a verdict on an unknown incident is an error`() async throws {
    let store = try Store.inMemory()
    let id = IncidentID(number: 2)
    await #expect(throws: StoreError.noSuchIncident(id)) {
      try await store.record(.sample(.timerLeak), for: id)
    }
  }
}
