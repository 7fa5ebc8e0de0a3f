import LeakModel
import Testing

@testable import LeakStore

struct ListingTests {
  @Test(arguments: StorePlace.allCases)
  func `the newest incident comes first, then by number`(place: StorePlace) async throws {
    try await place.withStore { store in
      for minute in [5, 9, 9, 1] { try await store.insert(.sample(minute: minute)) }
      let numbers = try await store.incidents().items.map(\.id.number)
      #expect(numbers == [3, 2, 1, 4])
    }
  }

  @Test func `pages neither repeat nor skip while incidents are added`() async throws {
    let store = try Store.inMemory()
    for index in 0..<25 { try await store.insert(.sample(minute: index / 4)) }
    var seen: [Int64] = []
    var cursor: Cursor?
    repeat {
      let page = try await store.incidents(limit: 4, after: cursor)
      seen += page.items.map(\.id.number)
      cursor = page.next
      // Newer than all, and as old as the newest.
      try await store.insert(.sample(minute: 60))
      try await store.insert(.sample(minute: 6))
    } while cursor != nil
    #expect(seen == Array((1...25).reversed()))
  }

  @Test func `the last page has no next`() async throws {
    let store = try Store.inMemory()
    for _ in 0..<4 { try await store.insert(.sample()) }
    #expect(try await store.incidents(limit: 4).next == nil)
    #expect(try await store.incidents(limit: 3).next != nil)
  }

  @Test(arguments: [0, -5]) func `a page holds one incident at least`(limit: Int) async throws {
    let store = try Store.inMemory()
    for _ in 0..<3 { try await store.insert(.sample()) }
    #expect(try await store.incidents(limit: limit).items.count == 1)
  }

  @Test(
    arguments: [
      (IncidentFilter(), [1, 2, 3, 4]),
      (IncidentFilter(service: "api"), [1, 2]),
      (IncidentFilter(service: "ap"), []),
      (IncidentFilter(status: .resolved), [2]),
      (IncidentFilter(severity: .p0), [3]),
      (IncidentFilter(since: .night(minute: 2)), [2, 3, 4]),
      (IncidentFilter(until: .night(minute: 2)), [1]),
      (IncidentFilter(since: .night(minute: 2), until: .night(minute: 4)), [2, 3]),
      (IncidentFilter(labels: ["pod": "a"]), [3]),
      (IncidentFilter(labels: ["pod": "a", "go": "1.25"]), [3]),
      (IncidentFilter(labels: ["pod": "b"]), []),
      (IncidentFilter(cause: .timerLeak), [2, 4]),
      (IncidentFilter(service: "jobs", cause: .timerLeak), [4]),
      (IncidentFilter(frame: "readLoop"), [4]),
      (IncidentFilter(frame: "net/http.(*persistConn).readLoop"), [4]),
      (IncidentFilter(frame: "api"), []),
      (IncidentFilter(frame: "(*)"), []),
    ] as [(IncidentFilter, [Int64])]
  )
  func `a filter lets through what it names`(filter: IncidentFilter, numbers: [Int64]) async throws
  {
    let store = try await filled()
    #expect(try await store.incidents(filter).items.map(\.id.number).sorted() == numbers)
    let query = SearchQuery(filter: filter)
    #expect(try await store.search(query).map(\.incident.id.number).sorted() == numbers)
  }

  @Test func `a settled cause outweighs the verdict's`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample { $0.cause = .timerLeak }).id
    try await store.record(.sample(.cgoLeak), for: id)
    #expect(try await store.incidents(IncidentFilter(cause: .timerLeak)).items.count == 1)
    #expect(try await store.incidents(IncidentFilter(cause: .cgoLeak)).items.isEmpty)
  }

  @Test func `a cursor is read as it was written`() {
    let cursor = Cursor(time: 1_795_143_600_000, number: 42)
    #expect(Cursor(cursor.description) == cursor)
  }

  @Test(arguments: ["", "-", "x", "1-", "-1-", "1-2-3", "ü-1", "99999999999999999-1"])
  func `what is no cursor is refused`(text: String) {
    #expect(Cursor(text) == nil)
  }

  private func filled() async throws -> Store {
    let store = try Store.inMemory()
    try await store.insert(.sample(minute: 1))
    try await store.insert(
      .sample(minute: 2) {
        $0.status = .resolved
        $0.cause = .timerLeak
      }
    )
    try await store.insert(
      .sample(service: "cart", minute: 3) {
        $0.severity = .p0
        $0.labels = ["pod": "a", "go": "1.25"]
      }
    )
    let last = try await store.insert(.sample(service: "jobs", minute: 4))
    try await store.record(.sample(.cgoLeak), for: last.id)
    try await store.record(.sample(.timerLeak), for: last.id)
    try await store.setFrames(["net/http.(*persistConn).readLoop"], of: last.id)
    return store
  }
}
