import LeakModel
import Testing

@testable import LeakStore

/// An incident whole, on its way from one base to another.
struct RecordTests {
  private let store: Store
  private let id: IncidentID

  init() async throws {
    store = try .inMemory()
    id = try await store.insert(.sample(), captures: [.sample()]).id
    try await store.record(.sample(.timerLeak), for: id)
  }

  @Test func `each incident is known by an identity of its own`() async throws {
    let other = try await store.insert(.sample()).id
    let uids = [try await store.record(of: id).uid, try await store.record(of: other).uid]
    #expect(Set(uids).count == 2)
    #expect(uids.allSatisfy { $0.count == 32 })
  }

  @Test func `a record is the same in another base, but for the number`() async throws {
    let record = try await store.record(of: id)
    let other = try Store.inMemory()
    try await other.insert(.sample("here before"))
    let (number, wasKnown) = try await other.insert(
      record,
      captures: [.sample()],
      event: imported
    )
    #expect(!wasKnown && number != id)
    var taken = try await other.record(of: number)
    #expect(taken.timeline.last?.kind == .imported)
    taken.timeline.removeLast()
    #expect(taken.uid == record.uid)
    #expect(taken.evidence == record.evidence)
    #expect(taken.timeline == record.timeline)
    #expect(taken.verdicts == record.verdicts)
  }

  @Test func `a record that is here is not taken in twice`() async throws {
    let record = try await store.record(of: id)
    let (number, wasKnown) = try await store.insert(record, captures: [], event: imported)
    #expect(wasKnown && number == id)
    #expect(try await store.timeline(of: id) == record.timeline)
  }

  @Test func `evidence without its bytes takes nothing in`() async throws {
    let record = try await store.record(of: id)
    let other = try Store.inMemory()
    await #expect(throws: (any Error).self) {
      try await other.insert(record, captures: [], event: imported)
    }
    #expect(try await other.incidents().items.isEmpty)
  }

  @Test func `evidence belongs to the round in which it was added`() async throws {
    let event = TimelineEvent(at: .night(minute: 9), author: "kai", kind: .reopened)
    try await store.update(id, event: event) { $0.status = .reopened }
    try await store.keep([.sample()], for: id, author: "kai")
    try await store.keep([.sample()], for: id, as: .verification, author: "kai")
    let evidence = try await store.evidence(of: id)
    #expect(evidence.map(\.round) == [1, 2, 2])
    #expect(evidence.map(\.role) == [.incident, .incident, .verification])
  }

  private var imported: TimelineEvent {
    TimelineEvent(at: .night(minute: 30), author: "kai", kind: .imported)
  }
}
