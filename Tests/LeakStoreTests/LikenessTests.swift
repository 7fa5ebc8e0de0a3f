import LeakModel
import Testing

@testable import LeakStore

struct LikenessTests {
  @Test(arguments: StorePlace.allCases)
  func `what is kept replaces what was kept before`(place: StorePlace) async throws {
    try await place.withStore { store in
      let id = try await store.insert(.sample()).id
      try await store.setLikeness(.init(version: 1, features: "a", traits: ["x", "y"]), of: id)
      try await store.setLikeness(.init(version: 2, features: "b", traits: ["y"]), of: id)
      #expect(try await store.likenesses(of: [id]) == [id: Likeness(version: 2, features: "b")])
      #expect(try await store.traitCounts(["x", "y", "z"]).counts == ["x": 0, "y": 1])
    }
  }

  @Test func `incidents are found by their traits, the newest first`() async throws {
    let (store, ids) = try await filled([["rare"], ["common"], ["common"], ["common"]])
    let found = try await store.incidents(withTraits: ["rare", "common"], each: 2, limit: 9)
    #expect(found == [ids[0], ids[2], ids[3]])
  }

  @Test func `no more traits are looked up once there are enough incidents`() async throws {
    let (store, ids) = try await filled([["rare"], ["common"]])
    let found = try await store.incidents(withTraits: ["rare", "common"], each: 9, limit: 1)
    #expect(found == [ids[0]])
  }

  @Test func `a trait is counted once an incident`() async throws {
    let (store, _) = try await filled([["a", "b"], ["a"], []])
    let (counts, incidents) = try await store.traitCounts(["a", "b", "none"])
    #expect(counts == ["a": 2, "b": 1])
    #expect(incidents == 3)
  }

  @Test func `a trait's text may be anything`() async throws {
    let odd = #"内存 "quoted" \ '; --"# + "\n"
    let (store, ids) = try await filled([[odd]])
    #expect(try await store.incidents(withTraits: [odd], each: 1, limit: 1) == [ids[0]])
  }

  @Test func `the newest incidents of a settled cause are found`() async throws {
    let (store, ids) = try await filled([[], [], []])
    let event = TimelineEvent(at: .night(minute: 1), author: "mia", kind: .edited)
    for id in ids { try await store.update(id, event: event) { $0.cause = .timerLeak } }
    #expect(try await store.incidents(settledAs: .timerLeak, limit: 2) == [ids[2], ids[1]])
    #expect(try await store.incidents(settledAs: .cgoLeak, limit: 2).isEmpty)
  }

  @Test func `several incidents are read at once, those that are not there left out`() async throws
  {
    let (store, ids) = try await filled([[], []])
    let found = try await store.incidents([ids[0], ids[1], IncidentID(number: 99)])
    #expect(Set(found.keys) == Set(ids))
  }

  @Test func `likeness of an unknown incident is an error`() async throws {
    let store = try Store.inMemory()
    let id = IncidentID(number: 3)
    await #expect(throws: StoreError.noSuchIncident(id)) {
      try await store.setLikeness(.init(version: 1, features: ""), of: id)
    }
  }

  private func filled(_ traits: [Set<String>]) async throws -> (Store, [IncidentID]) {
    let store = try Store.inMemory()
    var ids: [IncidentID] = []
    for traits in traits {
      let id = try await store.insert(.sample()).id
      try await store.setLikeness(.init(version: 1, features: "f", traits: traits), of: id)
      ids.append(id)
    }
    return (store, ids)
  }
}
