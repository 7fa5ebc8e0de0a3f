import LeakModel
import Testing

@testable import LeakStore

/// Filters that the word index answers.
struct FilterSearchTests {
  private static let one = IncidentID(number: 1)
  private static let event = TimelineEvent(at: .night(minute: 1), author: "mia", kind: .edited)

  private func found(_ text: String, in store: Store) async throws -> [Int64] {
    let query = try SearchQuery.parse(text, now: .night(minute: 60))
    return try await store.search(query).map(\.incident.id.number).sorted()
  }

  private func makeStore() async throws -> Store {
    let store = try Store.inMemory()
    try await store.insert(
      .sample("relay grows", story: "readLoop waits") { $0.labels["go"] = "1.22" }
    )
    try await store.insert(.sample("cart grows", service: "cart") { $0.labels["go"] = "1.23" })
    try await store.setFrames(["net/http.(*persistConn).readLoop"], of: IncidentID(number: 2))
    return store
  }

  @Test(
    arguments: [
      ("grows label:go=1.22", [1]), ("label:go=1.23", [2]), ("label:go=1.2", []),
      ("label:go=1.22 label:zone=a", []), ("grows service:cart", [2]),
      ("grows status:open", [1, 2]),
      ("grows status:resolved", []), ("grows severity:P1", [1, 2]), ("severity:P0", []),
    ] as [(String, [Int64])]
  )
  func `a filter lets its incidents through, with words and without`(
    text: String,
    expected: [Int64]
  ) async throws {
    #expect(try await found(text, in: makeStore()) == expected)
  }

  @Test(
    arguments: [
      ("frame:readLoop", [2]), ("grows frame:readloop", [2]), ("frame:net/http", [2]),
      ("frame:(*persistConn).readLoop grows", [2]), ("frame:persist", [2]),
      ("frame:readLoop.persistConn", []), ("frame:waits", []), ("frame:-", []),
    ] as [(String, [Int64])]
  )
  func `a function is looked for on stacks alone`(text: String, expected: [Int64]) async throws {
    #expect(try await found(text, in: makeStore()) == expected)
  }

  @Test func `no word that is typed is a filter's`() async throws {
    let store = try await makeStore()
    for text in ["label*", "\":label go=1.22\"", "status*", "\"status open\""] {
      #expect(try await found(text, in: store) == [], "\(text)")
    }
  }

  @Test func `a filter follows the incident`() async throws {
    let store = try await makeStore()
    try await store.update(Self.one, event: Self.event) {
      $0.labels = ["zone": "a"]
      $0.severity = .p3
      $0.status = .mitigated
      $0.service = "cart"
    }
    #expect(try await found("grows label:go=1.22", in: store) == [])
    for filter in ["label:zone=a", "severity:P3", "status:mitigated", "service:cart severity:P3"] {
      #expect(try await found("relay \(filter)", in: store) == [1], "\(filter)")
    }
  }

  @Test func `a filter follows what alerts change`() async throws {
    let store = try Store.inMemory()
    _ = try await store.take([.sample()], at: .night(minute: 0))
    _ = try await store.take([.sample(isFiring: false)], at: .night(minute: 1))
    let incident = try await store.incident(Self.one)
    #expect(try await found("heap status:\(incident.status)", in: store) == [1])
    #expect(try await found("heap severity:\(incident.severity)", in: store) == [1])
  }

  @Test func `a rare label is found whatever others have the words`() async throws {
    let store = try Store.inMemory()
    for number in 0..<300 {
      try await store.insert(
        .sample("relay grows", minute: number) { $0.labels["n"] = "\(number)" }
      )
    }
    #expect(try await found("grows label:n=7", in: store) == [8])
    #expect(try await found("label:n=7", in: store) == [8])
  }

  @Test func `the pages of a function neither repeat nor skip, and are read in the order of time`()
    async throws
  {
    let store = try Store.inMemory()
    for number in 0..<450 {
      let id = try await store.insert(.sample(minute: number)).id
      if number % 9 == 0 { try await store.setFrames(["main.(*relay).run"], of: id) }
    }
    var seen: [Int64] = []
    var cursor: Cursor?
    repeat {
      let page = try await store.incidents(
        IncidentFilter(frame: "relay.run"),
        limit: 20,
        after: cursor
      )
      seen += page.items.map(\.id.number)
      cursor = page.next
    } while cursor != nil
    let expected: [Int64] = stride(from: 442, through: 1, by: -9).map { $0 }
    #expect(seen == expected)
  }

  @Test func `the pages of a rare label neither repeat nor skip`() async throws {
    let store = try Store.inMemory()
    for number in 0..<60 {
      try await store.insert(
        .sample(minute: (number * 7) % 60) { $0.labels["even"] = "\(number % 2 == 0)" }
      )
    }
    var seen: [Instant] = []
    var cursor: Cursor?
    repeat {
      let page = try await store.incidents(
        IncidentFilter(labels: ["even": "true"]),
        limit: 7,
        after: cursor
      )
      seen += page.items.map(\.openedAt)
      cursor = page.next
    } while cursor != nil
    #expect(seen.count == 30)
    #expect(seen == seen.sorted { $0.milliseconds > $1.milliseconds })
  }
}
