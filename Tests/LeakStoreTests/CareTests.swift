import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct CareTests {
  @Test(arguments: StorePlace.allCases)
  func `a sound store has no findings`(place: StorePlace) async throws {
    try await place.withStore { store in
      try await store.insert(.sample(), captures: [.sample()])
      let findings = try await store.check()
      #expect(findings == [])
    }
  }

  @Test func `a store for reading is checked, too`() async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      let store = try Store.open(path: path, mode: .readOnly)
      let findings = try await store.check()
      #expect(findings == [])
      try store.close()
    }
  }

  @Test(
    arguments: [
      ("DELETE FROM capture", "INC-1: heap.0.txt has lost its bytes"),
      ("DELETE FROM capture", "evidence 1 refers to a missing capture"),
      ("DELETE FROM service", "incident 1 refers to a missing service"),
      ("DELETE FROM incidentSearch", "INC-1 is missing from the text index"),
      ("DELETE FROM incidentSearch_data WHERE id > 10", "the text index is damaged"),
      ("UPDATE incidentSearch_content SET c0 = 'other'", "the text index is damaged"),
      ("DELETE FROM incidentSearch_docsize", "the text index is damaged"),
    ]
  )
  func `damage is found`(damage: String, finding: String) async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample(), captures: [.sample()])
    try await plant(damage, in: store)
    let findings = try await store.check()
    #expect(findings.contains { $0.hasPrefix(finding) }, "\(findings)")
  }

  @Test func `broken pages are found`() async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample())
    try await plant(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'incidentByTime';
      PRAGMA writable_schema = RESET
      """,
      in: store
    )
    let findings = try await store.check()
    #expect(!findings.isEmpty)
  }

  @Test(
    arguments: [
      "DELETE FROM incidentSearch", "DELETE FROM incidentSearch_data WHERE id > 10",
      "UPDATE incidentSearch_content SET c0 = 'other'", "DELETE FROM incidentSearch_docsize",
    ]
  )
  func `a text index made anew is sound`(damage: String) async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample("relay"))
    try await plant(damage, in: store)
    try await store.rebuildSearch()
    #expect(try await store.check() == [])
    let query = SearchQuery(terms: [SearchTerm(text: "relay", kind: .words)])
    #expect(try await store.search(query).count == 1)
  }

  @Test(arguments: StorePlace.allCases)
  func `statistics count what is held`(place: StorePlace) async throws {
    try await place.withStore { store in
      try await store.insert(
        .sample(),
        captures: [.sample(text: "12345"), .sample("b", text: "1")]
      )
      try await store.insert(.sample(), captures: [.sample(text: "12345")])
      try await store.insert(.sample { $0.status = .verified })
      let statistics = try await store.statistics()
      #expect(statistics.incidents == [.open: 2, .verified: 1])
      #expect(statistics.captureCount == 2)
      #expect(statistics.captureBytes == 6)
      #expect(statistics.databaseBytes % 4_096 == 0 && statistics.databaseBytes > 0)
    }
  }

  @Test func `an empty store counts nothing`() async throws {
    let statistics = try await Store.inMemory().statistics()
    #expect(statistics.incidents.isEmpty)
    #expect(statistics.captureCount == 0)
    #expect(statistics.captureBytes == 0)
  }

  /// Runs statements that no verb would, with references unchecked.
  private func plant(_ damage: String, in store: Store) async throws {
    try await store.writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: damage)
      try db.execute(sql: "PRAGMA foreign_keys = ON")
    }
  }
}
