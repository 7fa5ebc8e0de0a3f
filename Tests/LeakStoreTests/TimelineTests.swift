import LeakModel
import Testing

@testable import LeakStore

struct TimelineTests {
  @Test(arguments: StorePlace.allCases)
  func `events come in the order of time, then as they were added`(
    place: StorePlace
  ) async throws {
    try await place.withStore { store in
      let id = try await store.insert(.sample()).id
      for (minute, text) in [(9, "d"), (5, "a"), (7, "b"), (7, "c")] {
        try await store.add(Note(at: .night(minute: minute), author: "kai", text: text), to: id)
      }
      let details = try await store.timeline(of: id).map(\.detail)
      #expect(details == ["api eats memory", "a", "b", "c", "d"])
    }
  }

  @Test func `notes are the remarks among the events`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    let note = Note(at: .night(minute: 2), author: "kai", text: "restarted, back at 200 MiB")
    try await store.add(note, to: id)
    #expect(try await store.notes(of: id) == [note])
  }

  @Test func `a note moves the time of the last change`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    try await store.add(Note(at: .night(minute: 2), author: "kai", text: "x"), to: id)
    #expect(try await store.incident(id).updatedAt == .night(minute: 2))
  }

  @Test(arguments: TimelineEvent.Kind.allCases)
  func `every kind of event can be kept`(kind: TimelineEvent.Kind) async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample()).id
    let event = TimelineEvent(at: .night(minute: 1), author: "kai", kind: kind)
    try await store.add(event, to: id)
    #expect(try await store.timeline(of: id).last == event)
  }

  @Test func `an event of an unknown incident is an error`() async throws {
    let store = try Store.inMemory()
    let id = IncidentID(number: 4)
    let note = Note(at: .night(minute: 2), author: "kai", text: "x")
    await #expect(throws: StoreError.noSuchIncident(id)) { try await store.add(note, to: id) }
    await #expect(throws: StoreError.noSuchIncident(id)) { try await store.timeline(of: id) }
  }
}
