import Foundation
import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct BackupTests {
  @Test func `a backup holds what was written, also by a store that is still open`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let incident = try await store.insert(.sample(), captures: [.sample()])
      try Store.backUp(path, to: path + ".copy")
      try store.close()
      let copy = try Store.open(path: path + ".copy", mode: .readOnly)
      #expect(try await copy.incident(incident.id) == incident)
      #expect(try await copy.check() == [])
      try copy.close()
    }
  }

  @Test func `a backup leaves one file and nothing beside it`() async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      try Store.backUp(path, to: path + ".copy")
      #expect(try files(beside: path) == ["leakbook.db", "leakbook.db.copy"])
    }
  }

  @Test func `a file that is there is kept unless it may be replaced`() async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      try Data("notes".utf8).write(to: URL(filePath: path + ".copy"))
      #expect(throws: StoreError.exists(path: path + ".copy")) {
        try Store.backUp(path, to: path + ".copy")
      }
      #expect(try contents(of: path + ".copy") == Data("notes".utf8))
      try Store.backUp(path, to: path + ".copy", replacing: true)
      try Store.open(path: path + ".copy", mode: .readOnly).close()
    }
  }

  @Test func `a database is never replaced by its own copy`() async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      #expect(throws: StoreError.exists(path: path)) {
        try Store.backUp(path, to: path, replacing: true)
      }
    }
  }

  @Test func `of a damaged database no backup is kept`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      for minute in 0..<50 { try await store.insert(.sample(minute: minute)) }
      try store.close()
      var bytes = try contents(of: path)
      bytes.replaceSubrange(8_192..., with: Data(repeating: 0xA5, count: bytes.count - 8_192))
      try bytes.write(to: URL(filePath: path))
      #expect(throws: StoreError.self) { try Store.backUp(path, to: path + ".copy") }
      #expect(try files(beside: path) == ["leakbook.db"])
    }
  }

  @Test func `what was there before a restore is kept whole, with its log`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      try await store.insert(.sample("one"))
      try Store.backUp(path, to: path + ".copy")
      try await store.insert(.sample("two"))
      // As a process leaves it that dies: the second incident is in the log alone.
      let folder = path + ".d"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(
          atPath: path + suffix,
          toPath: folder + "/dead.db" + suffix
        )
      }
      try store.close()

      let dead = folder + "/dead.db"
      let aside = try #require(
        try Store.restore(path + ".copy", to: dead, now: .night(minute: 0))
      )
      #expect(aside == dead + ".before-restore-20261120T030000Z")
      #expect(try await titles(in: dead) == ["one"])
      #expect(try await titles(in: aside) == ["one", "two"])
    }
  }

  @Test func `a database that is open is not replaced`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      try await store.insert(.sample())
      try Store.backUp(path, to: path + ".copy")
      #expect(throws: StoreError.inUse(path: path)) {
        try Store.restore(path + ".copy", to: path, now: .night(minute: 0))
      }
      #expect(try await store.incidents().items.count == 1)
      try store.close()
    }
  }

  @Test func `a backup is restored where there is nothing`() async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      let aside = try Store.restore(path, to: path + ".new", now: .night(minute: 0))
      #expect(aside == nil)
      try Store.open(path: path + ".new", mode: .existing).close()
    }
  }

  @Test(arguments: ["notes", ""]) func `what is no backup changes nothing`(
    text: String
  ) async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      let before = try contents(of: path)
      try Data(text.utf8).write(to: URL(filePath: path + ".copy"))
      #expect(throws: StoreError.notADatabase(path: path + ".copy")) {
        try Store.restore(path + ".copy", to: path, now: .night(minute: 0))
      }
      #expect(try contents(of: path) == before)
      #expect(try files(beside: path) == ["leakbook.db", "leakbook.db.copy"])
    }
  }

  @Test func `an older schema is copied before it is brought up to date`() async throws {
    try await withDatabasePath { path in
      let queue = try DatabaseQueue(path: path)
      try Schema.migrator.migrate(queue, upTo: "0005-create-idempotency")
      try queue.close()
      try Store.open(path: path, mode: .existing).close()
      let copy = try DatabaseQueue(path: "\(path).before-\(Schema.newest)")
      let applied = try await copy.read(Schema.migrator.appliedMigrations)
      #expect(applied.last == "0005-create-idempotency")
      try copy.close()
    }
  }

  private func titles(in path: String) async throws -> [String] {
    let store = try Store.open(path: path, mode: .existing)
    let titles = try await store.incidents().items.map(\.title).sorted()
    try store.close()
    return titles
  }

  private func files(beside path: String) throws -> [String] {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}
