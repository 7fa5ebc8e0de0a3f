import LeakModel
import Testing

@testable import LeakStore

struct SearchTests {
  @Test(arguments: StorePlace.allCases)
  func `each part of an incident is found`(place: StorePlace) async throws {
    try await place.withStore { store in
      let id = try await filled(store)
      for word in [
        "relay", "night", "payments", "http-body-unclosed", "fetchRates", "readLoop", "restarted",
        "deferred", "1f3a9c",
      ] {
        let found = try await numbers(word, in: store)
        #expect(found == [id.number], "\(word)")
      }
    }
  }

  @Test(
    arguments: [
      "persistConn", "persistconn", "PERSISTCONN", "persist", "conn", "persist conn",
      "net/http.(*persistConn).readLoop", "(*persistConn)", "net/http", "http", "\"persist conn\"",
      "pers*", "readL*", "\"net/http persistConn\"",
    ]
  )
  func `a function is found whole, in parts and by its beginning`(query: String) async throws {
    let store = try Store.inMemory()
    let id = try await filled(store)
    #expect(try await numbers(query, in: store) == [id.number])
  }

  @Test(arguments: ["内存", "存", "泄漏", "内存泄漏", "漏", "网关内存", "\"内存泄漏\"", "内*"])
  func `Chinese is found by any of its words`(query: String) async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample("网关内存泄漏 in relay")).id
    try await store.insert(.sample("网络连接"))
    #expect(try await numbers(query, in: store) == [id.number])
  }

  @Test(arguments: ["漏泄", "内漏", "\"泄漏 内存\"", "conns", "onn", "\"conn persist\"", "relay*x"])
  func `what is not there is not found`(query: String) async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample("网关内存泄漏"))
    _ = try await filled(store)
    #expect(try await numbers(query, in: store).isEmpty)
  }

  @Test(
    arguments: [
      "\"", "\"\"", "'", "*", "(", ")", "NEAR(", "AND", "OR", "NOT", "a AND", "^", "-", "+", "{",
      "title:", "title : x", "\"unclosed phrase", "'; DROP TABLE incident; --", "x\" OR \"y", "\\",
      "a*b*c", "***", "%", "_", "\0", "a\0b", "💥", "é", "\u{301}", "{frames} : x", "1 OR 1=1",
    ]
  )
  func `no text is read as syntax`(text: String) async throws {
    let store = try Store.inMemory()
    let id = try await filled(store)
    let query = (try? SearchQuery.parse(text, now: .night(minute: 0)))
    _ = try await store.search(query ?? SearchQuery(terms: [SearchTerm(text: text, kind: .words)]))
    _ = try await store.search(SearchQuery(terms: [SearchTerm(text: text, kind: .prefix)]))
    _ = try await store.incidents(IncidentFilter(service: text, frame: text))
    #expect(try await store.incident(id).id == id)
  }

  @Test func `the words of an operator are words`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample("not near and or")).id
    #expect(try await numbers("NEAR OR AND NOT", in: store) == [id.number])
  }

  @Test func `a query of a thousand words is answered`() async throws {
    let store = try Store.inMemory()
    let id = try await filled(store)
    let words = (0..<1_000).map { "w\($0)" } + ["relay"]
    let hits = try await store.search(.words(words.joined(separator: " ")))
    #expect(hits.map(\.incident.id) == [id])
  }

  @Test func `incidents with all terms come before those with some`() async throws {
    let store = try Store.inMemory()
    let some = try await store.insert(.sample("relay relay relay")).id
    let all = try await store.insert(.sample("a relay in the pool, told at great length")).id
    try await store.insert(.sample("nothing"))
    let hits = try await store.search(.words("relay pool"))
    #expect(hits.map(\.incident.id) == [all, some])
    #expect(hits.map(\.matchesAll) == [true, false])
  }

  @Test func `three with all terms leave no room for some`() async throws {
    let store = try Store.inMemory()
    for _ in 0..<3 { try await store.insert(.sample("relay pool")) }
    try await store.insert(.sample("relay"))
    #expect(try await store.search(.words("relay pool")).count == 3)
  }

  @Test func `a word in the title says more than one in the story`() async throws {
    let store = try Store.inMemory()
    let title = try await store.insert(.sample("relay down", story: "it grew")).id
    let story = try await store.insert(.sample("api down", story: "relay grew")).id
    #expect(try await store.search(.words("relay")).map(\.incident.id) == [title, story])
  }

  @Test func `no more are found than asked for`() async throws {
    let store = try Store.inMemory()
    for _ in 0..<30 { try await store.insert(.sample("relay")) }
    #expect(try await store.search(.words("relay")).count == 20)
    #expect(try await store.search(.words("relay"), limit: 7).count == 7)
    #expect(try await store.search(.words("relay"), limit: 0).count == 1)
    #expect(try await store.search(SearchQuery(), limit: 7).count == 7)
  }

  @Test func `without terms the newest come first`() async throws {
    let store = try Store.inMemory()
    for minute in [3, 9, 6] { try await store.insert(.sample(minute: minute)) }
    let hits = try await store.search(SearchQuery())
    #expect(hits.map(\.incident.id.number) == [2, 3, 1])
    #expect(hits.allSatisfy { $0.score == 0 && $0.snippets.isEmpty && $0.matchesAll })
  }

  @Test func `terms and filters narrow together`() async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample("relay grows"))
    let cart = try await store.insert(.sample("relay grows", service: "cart")).id
    #expect(try await numbers("relay service:cart", in: store) == [cart.number])
    #expect(try await numbers("relay service:jobs", in: store).isEmpty)
  }

  @Test func `a change replaces what is found`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample("relay")).id
    let event = TimelineEvent(at: .night(minute: 1), author: "kai", kind: .edited)
    try await store.update(id, event: event) { $0.title = "gateway" }
    try await store.setFrames(["main.old"], of: id)
    try await store.setFrames(["main.fresh"], of: id)
    #expect(try await numbers("gateway", in: store) == [id.number])
    #expect(try await numbers("fresh", in: store) == [id.number])
    #expect(try await numbers("relay", in: store).isEmpty)
    #expect(try await numbers("old", in: store).isEmpty)
  }

  /// The incidents found for a query as typed, the best first.
  private func numbers(_ query: String, in store: Store) async throws -> [Int64] {
    let query = try SearchQuery.parse(query, now: .night(minute: 0))
    return try await store.search(query).filter(\.matchesAll).map(\.incident.id.number)
  }

  /// Makes an incident with a word of its own in each field, and one without any of them.
  private func filled(_ store: Store) async throws -> IncidentID {
    try await store.insert(.sample("other"))
    let new = NewIncident.sample("relay eats memory", service: "payments", story: "at night") {
      $0.fix = "deferred the close"
      $0.fixCommit = "1f3a9c"
    }
    let id = try await store.insert(new).id
    try await store.record(.sample(.httpBodyUnclosed, culprit: "main.(*rates).fetchRates"), for: id)
    try await store.setFrames(["net/http.(*persistConn).readLoop", "main.run"], of: id)
    try await store.add(Note(at: .night(minute: 4), author: "kai", text: "restarted"), to: id)
    return id
  }
}

extension SearchQuery {
  /// A query for words, without filters.
  fileprivate static func words(_ text: String) -> SearchQuery {
    SearchQuery(
      terms: text.split(separator: " ").map { SearchTerm(text: String($0), kind: .words) }
    )
  }
}
