import Foundation
import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct StoreOpeningTests {
  @Test func `a new database is made with its folders`() async throws {
    try await withDatabasePath { path in
      let deep = path + ".d/a/b/leakbook.db"
      try Store.open(path: deep, mode: .create).close()
      #expect(FileManager.default.fileExists(atPath: deep))
    }
  }

  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `what was written is there when the file is opened again`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let written = try await store.insert(.sample())
      try store.close()
      let again = try Store.open(path: path, mode: mode)
      #expect(try await again.incident(written.id) == written)
      try again.close()
    }
  }

  @Test func `a database on a disk that cannot be written is read and nothing lies beside it`()
    async throws
  {
    try await withDatabasePath { path in
      let store = try Store.open(path: path + " a?b#c", mode: .create)
      let written = try await store.insert(.sample())
      try store.close()
      let queue = try Store.frozen(at: path + " a?b#c")
      let read = try await queue.read { try IncidentRow.find(written.id, in: $0).incident }
      #expect(read == written)
      let folder = URL(filePath: path).deletingLastPathComponent().path
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["leakbook.db a?b#c"])
      try queue.close()
    }
  }

  @Test func `a database whose log holds changes cannot be read without a disk to write`()
    async throws
  {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      _ = try await store.insert(.sample())
      #expect(throws: StoreError.readOnlyDisk(path: path, hasLog: true)) {
        try Store.frozen(at: path)
      }
      try store.close()
    }
  }

  @Test func `a folder that can be written lies on no read-only disk`() async throws {
    try await withDatabasePath { path in #expect(!Store.isOnReadOnlyDisk(path)) }
  }

  @Test(arguments: [Store.Mode.existing, .readOnly])
  func `a missing file is an error unless it may be created`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      #expect(throws: StoreError.missing(path: path)) { try Store.open(path: path, mode: mode) }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test func `a database that was made and never written to opens`() async throws {
    try await withDatabasePath { path in
      try Data().write(to: URL(filePath: path))
      try Store.open(path: path, mode: .create).close()
      try Store.open(path: path, mode: .existing).close()
    }
  }

  @Test func `a path below a regular file cannot be created`() async throws {
    try await withDatabasePath { path in
      try Data("text".utf8).write(to: URL(filePath: path))
      let below = path + "/leakbook.db"
      #expect(
        throws: StoreError.cannotCreate(path: below, reason: "its folder cannot be made")
      ) { try Store.open(path: below, mode: .create) }
    }
  }

  @Test func `a file name that is too long cannot be created`() async throws {
    try await withDatabasePath { path in
      let long = path + String(repeating: "x", count: 300)
      let error = #expect(throws: StoreError.self) { try Store.open(path: long, mode: .create) }
      guard case .cannotCreate(long, _) = error else {
        Issue.record("found \(String(describing: error))")
        return
      }
    }
  }

  @Test func `eight that create one database at once all get it`() async throws {
    try await withDatabasePath { path in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask { try Store.open(path: path, mode: .create).close() }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func `a commit waits until the disk has it`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let level = try await store.writer.writeWithoutTransaction { db in
        try Int.fetchOne(db, sql: "PRAGMA synchronous")
      }
      #expect(level == 2)
      #expect(try await store.settings().isDurable)
      try store.close()
    }
  }

  @Test func `a file keeps a write-ahead log`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      #expect(try await store.settings().journalMode == "wal")
      try store.close()
    }
  }

  @Test(arguments: StorePlace.allCases)
  func `references between tables are enforced`(place: StorePlace) async throws {
    try await place.withStore { store in
      let settings = try await store.settings()
      #expect(settings.enforcesForeignKeys)
    }
  }

  @Test func `reading and writing wait ten seconds for a lock`() async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let request = SQLRequest<Int>("PRAGMA busy_timeout")
      #expect(try await store.read { try request.fetchOne($0) } == 10_000)
      #expect(try await store.write { try request.fetchOne($0) } == 10_000)
      try store.close()
      let reader = try Store.open(path: path, mode: .readOnly)
      #expect(try await reader.read { try request.fetchOne($0) } == 10_000)
      try reader.close()
    }
  }

  @Test func `a store for reading refuses to write`() async throws {
    try await withDatabasePath { path in
      try Store.open(path: path, mode: .create).close()
      let store = try Store.open(path: path, mode: .readOnly)
      await #expect(throws: StoreError.readOnly) { try await store.insert(.sample()) }
      try store.close()
    }
  }

  @Test(arguments: [Store.Mode.create, .existing, .readOnly])
  func `closing leaves everything in one file`(mode: Store.Mode) async throws {
    try await withDatabasePath { path in
      let store = try Store.open(path: path, mode: .create)
      let written = try await store.insert(.sample())
      try store.close()
      let again = try Store.open(path: path, mode: mode)
      #expect(try await again.incident(written.id) == written)
      try again.close()
      let folder = URL(filePath: path).deletingLastPathComponent().path
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(files == ["leakbook.db"])
    }
  }
}
