import Foundation
import GRDB
import LeakModel
import Testing

@testable import LeakStore

/// What is at the path but cannot be a store: each its own error, and nothing is changed.
struct StoreRefusalTests {
  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `a folder is named as one`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      #expect(throws: StoreError.isFolder(path: path)) { try Store.open(path: path, mode: mode) }
    }
  }

  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `a named pipe is refused and not waited on`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      #expect(mkfifo(path, 0o600) == 0)
      #expect(
        throws: StoreError.cannotOpen(path: path, reason: "it is not a regular file")
      ) { try Store.open(path: path, mode: mode) }
    }
  }

  @Test(
    arguments: [Store.Mode.create, .existing, .readOnly],
    ["t", "some notes", String(repeating: "a line of text ", count: 1_000)]
  )
  func `a text is no database`(mode: Store.Mode, text: String) async throws {
    try await withDatabasePath { path in
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: StoreError.notADatabase(path: path)) {
        try Store.open(path: path, mode: mode)
      }
      #expect(try contents(of: path) == Data(text.utf8))
    }
  }

  @Test(arguments: [Store.Mode.existing, .readOnly])
  func `an empty file is no database unless one may be created`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      try Data().write(to: URL(filePath: path))
      #expect(throws: StoreError.notADatabase(path: path)) {
        try Store.open(path: path, mode: mode)
      }
      let after = try contents(of: path)
      #expect(after.isEmpty)
    }
  }

  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `another program's database is left as it is`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      try await edit(path) { try $0.execute(sql: "CREATE TABLE todo (id INTEGER PRIMARY KEY)") }
      let before = try contents(of: path)
      #expect(throws: StoreError.foreign(path: path)) { try Store.open(path: path, mode: mode) }
      #expect(try contents(of: path) == before)
    }
  }

  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `a newer schema is refused and its file left as it is`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      try await edit(path) {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9999-add-weather')")
      }
      let before = try contents(of: path)
      #expect(throws: StoreError.newerSchema(path: path, unknown: ["9999-add-weather"])) {
        try Store.open(path: path, mode: mode)
      }
      #expect(try contents(of: path) == before)
    }
  }

  @Test func `an older schema cannot be opened for reading only`() async throws {
    try await withDatabasePath { path in
      try await makeOlder(path)
      let before = try contents(of: path)
      #expect(throws: StoreError.olderSchema(path: path)) {
        try Store.open(path: path, mode: .readOnly)
      }
      #expect(try contents(of: path) == before)
    }
  }

  @Test func `an older schema is brought up to date`() async throws {
    try await withDatabasePath { path in
      try await makeOlder(path)
      let store = try Store.open(path: path, mode: .existing)
      #expect(try await store.insert(.sample()).id.number == 1)
      try store.close()
    }
  }

  private func makeOlder(_ path: String) async throws {
    let queue = try DatabaseQueue(path: path)
    try Schema.migrator.migrate(queue, upTo: "0001-create-incident")
    try queue.close()
  }

  private func edit(
    _ path: String,
    _ change: @escaping @Sendable (Database) throws -> Void
  ) async throws {
    let queue = try DatabaseQueue(path: path)
    try await queue.write(change)
    try queue.close()
  }
}
