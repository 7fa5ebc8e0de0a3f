import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct WordIndexTests {
  @Test func `a base of before the word index is searched once it was opened`() async throws {
    try await withDatabasePath { path in
      try makeBase(at: path, upTo: "0009-create-outbox")
      let store = try Store.open(path: path, mode: .existing)
      let hits = try await store.search(SearchQuery(terms: [.init(text: "内存", kind: .words)]))
      #expect(hits.map(\.incident.id.number) == [2, 1])
      #expect(try await store.read(WordIndex.incidents) == 2)
      try store.close()
    }
  }

  @Test func `a base whose words are still those of an older build is not read only`() async throws
  {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      try await DatabaseQueue(path: path).write {
        try $0.execute(sql: "UPDATE wordTotal SET version = 0")
      }
      #expect(throws: StoreError.olderSchema(path: path)) {
        try Store.open(path: path, mode: .readOnly)
      }
      try Store.open(path: path, mode: .existing).close()
      try Store.open(path: path, mode: .readOnly).close()
    }
  }

  @Test func `what is indexed already is indexed as it was`() async throws {
    let store = try Store.inMemory()
    for number in 0..<500 {
      try await store.insert(.sample("relay \(number)", story: "it grows \(number % 7)"))
    }
    let before = try await places(in: store)
    try await store.write { try $0.execute(sql: "UPDATE wordTotal SET version = 0") }
    try WordIndex.catchUp(store.writer)
    #expect(try await places(in: store) == before)
    #expect(try await store.read(WordIndex.isCurrent))
  }

  @Test func `a damaged index is made anew from the texts`() async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample("relay grows"))
    try await store.write { try $0.execute(sql: "DELETE FROM wordBlock") }
    try await store.rebuildSearch()
    #expect(
      try await store.search(SearchQuery(terms: [.init(text: "grows", kind: .words)])).count == 1
    )
  }

  private func places(in store: Store) async throws -> [String] {
    try await store.read { db in
      try String.fetchAll(
        db,
        sql: "SELECT id || ' ' || hex(places) FROM wordBlock ORDER BY id"
      )
    }
  }

  /// A base as an older build left it, with two incidents.
  private func makeBase(at path: String, upTo migration: String) throws {
    let pool = try DatabasePool(path: path, configuration: Store.configuration(isReadOnly: false))
    try Schema.migrator.migrate(pool, upTo: migration)
    try pool.write { db in
      try db.execute(sql: "INSERT INTO service VALUES ('api', NULL, 0, 0)")
      for (id, title) in [(1, "the pool grows, 内存 as well"), (2, "内存上涨")] {
        try db.execute(
          sql: """
            INSERT INTO incident
              (id, title, service, status, severity, story, openedAt, updatedAt, labels)
            VALUES (?, ?, 'api', 'open', 'P2', '', 0, 0, '{}')
            """,
          arguments: [id, title]
        )
      }
    }
    try pool.close()
  }
}
