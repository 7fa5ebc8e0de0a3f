import EmbeddedCatalog
import Foundation
import GRDB
import Testing

@testable import LeakStore

struct SchemaTests {
  private static let snapshot = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "schema.sql")

  /// With `UPDATE_SCHEMA=1` the snapshot is written instead.
  @Test func `the migrations make the schema of the snapshot`() async throws {
    let schema = try await schema(of: Store.inMemory())
    if ProcessInfo.processInfo.environment["UPDATE_SCHEMA"] == "1" {
      try schema.write(to: Self.snapshot, atomically: true, encoding: .utf8)
    }
    #expect(try schema == String(contentsOf: Self.snapshot, encoding: .utf8))
  }

  @Test(arguments: Catalog.migrations.indices)
  func `a database of any past schema is brought to the newest`(last: Int) async throws {
    let queue = try DatabaseQueue(configuration: Store.configuration(isReadOnly: false))
    let name = Schema.migrator.migrations[last]
    try Schema.migrator.migrate(queue, upTo: name)
    try Schema.migrate(queue)
    let migrated = try await schema(of: Store(writer: queue))
    #expect(try await migrated == schema(of: Store.inMemory()))
  }

  @Test func `migrating twice changes nothing`() async throws {
    let store = try Store.inMemory()
    let before = try await schema(of: store)
    try Schema.migrate(store.writer)
    #expect(try await schema(of: store) == before)
  }

  @Test func `every migration has a number of its own, in order`() {
    let numbers = Schema.migrator.migrations.map { Int($0.prefix(4)) }
    #expect(numbers == Set(numbers.compactMap { $0 }).sorted())
  }

  @Test func `the file is marked as leakbook's`() async throws {
    let store = try Store.inMemory()
    let mark = try await store.read { try Int.fetchOne($0, sql: "PRAGMA application_id") }
    #expect(mark == Schema.applicationID)
  }

  @Test func `every table is strict, those of the engine excepted`() async throws {
    let loose = try await Store.inMemory().read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT name FROM pragma_table_list
          WHERE schema = 'main' AND type = 'table' AND NOT strict
            AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'grdb_*'
          """
      )
    }
    #expect(loose == [])
  }

  /// The statements that would make the schema, in the order of the names; those the engine adds
  /// by itself are left out.
  private func schema(of store: Store) async throws -> String {
    let statements = try await store.read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT sql || ';' FROM sqlite_schema
          WHERE sql IS NOT NULL
            AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'grdb_*'
            AND name NOT GLOB 'incidentSearch_*'
          ORDER BY tbl_name, type DESC, name
          """
      )
    }
    return statements.joined(separator: "\n\n") + "\n"
  }
}
