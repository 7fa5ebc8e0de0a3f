import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct IncidentTests {
  @Test(arguments: StorePlace.allCases)
  func `an incident is read back as it was inserted`(place: StorePlace) async throws {
    try await place.withStore { store in
      let new = NewIncident.sample(minute: 3, story: "内存涨到 2 GiB 💥") {
        $0.status = .resolved
        $0.cause = .httpBodyUnclosed
        $0.fix = "close the body"
        $0.fixCommit = "1f3a9c"
        $0.importedCase = "037-relay"
        $0.labels = ["pod": "api-7", "go": "1.25", "a \"quoted\" key": "é"]
        $0.loggedAt = .night(minute: 9)
      }
      let written = try await store.insert(new)
      #expect(try await store.incident(written.id) == written)
      #expect(written == new.numbered(IncidentID(number: 1)))
      #expect(written.updatedAt == .night(minute: 9))
    }
  }

  @Test func `numbers ascend from one`() async throws {
    let store = try Store.inMemory()
    let first = try await store.insert(.sample())
    let second = try await store.insert(.sample())
    #expect([first.id.number, second.id.number] == [1, 2])
  }

  @Test func `the number of an incident that is gone is not given again`() async throws {
    let store = try Store.inMemory()
    let gone = try await store.insert(.sample())
    try await store.write { try $0.execute(literal: "DELETE FROM incident") }
    #expect(try await store.insert(.sample()).id > gone.id)
  }

  @Test func `an unknown number is an error`() async throws {
    let store = try Store.inMemory()
    let id = IncidentID(number: 7)
    await #expect(throws: StoreError.noSuchIncident(id)) { try await store.incident(id) }
  }

  @Test(arguments: [("", "api"), ("title", "")])
  func `an incident without title or service leaves nothing behind`(
    title: String,
    service: String
  ) async throws {
    let store = try Store.inMemory()
    await #expect(throws: StoreError.self) {
      try await store.insert(.sample(title, service: service), captures: [.sample()])
    }
    #expect(try await store.services().isEmpty)
    #expect(try await store.captures().isEmpty)
    #expect(try await store.insert(.sample()).id.number == 1)
  }

  @Test(arguments: StorePlace.allCases)
  func `a change is kept and told in the timeline`(place: StorePlace) async throws {
    try await place.withStore { store in
      let id = try await store.insert(.sample()).id
      let event = TimelineEvent(
        at: .night(minute: 30),
        author: "kai",
        kind: .resolved,
        detail: "close the body"
      )
      let changed = try await store.update(id, event: event) { incident in
        incident.status = .resolved
        incident.cause = .httpBodyUnclosed
      }
      #expect(try await store.incident(id) == changed)
      #expect(changed.updatedAt == .night(minute: 30))
      #expect(try await store.timeline(of: id).last == event)
    }
  }

  @Test func `a change that throws leaves everything as it was`() async throws {
    let store = try Store.inMemory()
    let incident = try await store.insert(.sample())
    let event = TimelineEvent(at: .night(minute: 30), author: "kai", kind: .edited)
    await #expect(throws: CancellationError.self) {
      try await store.update(incident.id, event: event) { incident in
        incident.title = "other"
        throw CancellationError()
      }
    }
    #expect(try await store.incident(incident.id) == incident)
    #expect(try await store.timeline(of: incident.id).count == 1)
  }

  @Test func `a change to an unknown number is an error`() async throws {
    let store = try Store.inMemory()
    let event = TimelineEvent(at: .night(minute: 1), author: "kai", kind: .edited)
    let id = IncidentID(number: 9)
    await #expect(throws: StoreError.noSuchIncident(id)) {
      try await store.update(id, event: event) { $0.title = "other" }
    }
  }

  @Test func `a change with an earlier clock does not move the last change back`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample(minute: 10)).id
    let event = TimelineEvent(at: .night(minute: 5), author: "kai", kind: .edited)
    #expect(try await store.update(id, event: event) { _ in }.updatedAt == .night(minute: 10))
  }

  @Test func `imported cases are found by their folder's name`() async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample())
    let imported = try await store.insert(.sample { $0.importedCase = "037-relay" })
    #expect(try await store.importedCases() == ["037-relay": imported.id])
  }
}
