import LeakModel
import Testing

@testable import LeakStore

struct FeatureTests {
  private let fetch = Feature(kind: "goroutine", text: "main.fetch")
  private let read = Feature(kind: "goroutine", text: "net/http.(*persistConn).readLoop")
  private let word = Feature(kind: "word", text: "main.fetch")

  @Test(arguments: StorePlace.allCases)
  func `features replace those before`(place: StorePlace) async throws {
    try await place.withStore { store in
      let id = try await store.insert(.sample()).id
      try await store.setFeatures([fetch: 1, read: 0.5], of: id)
      try await store.setFeatures([fetch: 2, word: 0.25], of: id)
      let features = try await store.features(of: id)
      #expect(features == [fetch: 2, word: 0.25])
    }
  }

  @Test func `the incidents that share most come first with what they share`() async throws {
    let store = try Store.inMemory()
    let ids = try await fill(store, [[fetch: 1], [fetch: 1, read: 2], [read: 1], [word: 9]])
    let shared = try await store.incidentsSharing([fetch: 1, read: 3])
    #expect(
      shared == [
        SharedFeatures(incident: ids[1], features: [fetch: 1, read: 2]),
        SharedFeatures(incident: ids[2], features: [read: 1]),
        SharedFeatures(incident: ids[0], features: [fetch: 1]),
      ]
    )
  }

  @Test func `equal likeness is ordered by descending number`() async throws {
    let store = try Store.inMemory()
    let ids = try await fill(store, [[fetch: 1], [fetch: 1], [fetch: 1]])
    let shared = try await store.incidentsSharing([fetch: 1], limit: 2)
    #expect(shared.map(\.incident) == [ids[2], ids[1]])
  }

  @Test func `no features share nothing`() async throws {
    let store = try Store.inMemory()
    _ = try await fill(store, [[fetch: 1]])
    #expect(try await store.incidentsSharing([:]).isEmpty)
    #expect(try await store.documentFrequencies(of: []).isEmpty)
  }

  @Test func `a document frequency counts incidents, and leaves out what none has`() async throws {
    let store = try Store.inMemory()
    _ = try await fill(store, [[fetch: 1], [fetch: 1, read: 2], [word: 1]])
    let other = Feature(kind: "heap", text: "main.fetch")
    let frequencies = try await store.documentFrequencies(of: [fetch, read, word, other, fetch])
    #expect(frequencies == [fetch: 2, read: 1, word: 1])
  }

  @Test func `a feature's text may be anything`() async throws {
    let store = try Store.inMemory()
    let odd = Feature(kind: "word", text: #"内存 "quoted" \ '; --"# + "\n")
    let number = Feature(kind: "word", text: "100")
    let ids = try await fill(store, [[odd: 1, number: 1]])
    let shared = try await store.incidentsSharing([odd: 1, number: 1])
    #expect(shared == [SharedFeatures(incident: ids[0], features: [odd: 1, number: 1])])
  }

  @Test func `features of an unknown incident are an error`() async throws {
    let store = try Store.inMemory()
    let id = IncidentID(number: 3)
    await #expect(throws: StoreError.noSuchIncident(id)) {
      try await store.setFeatures([fetch: 1], of: id)
    }
  }

  private func fill(_ store: Store, _ features: [[Feature: Double]]) async throws -> [IncidentID] {
    var ids: [IncidentID] = []
    for features in features {
      let id = try await store.insert(.sample()).id
      try await store.setFeatures(features, of: id)
      ids.append(id)
    }
    return ids
  }
}
