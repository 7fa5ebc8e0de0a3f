import Foundation
import GRDB

extension Store {
  /// What may happen to the file when a store is opened.
  package enum Mode: Sendable {
    /// The file and its folders are made where they are missing.
    case create
    /// The file must be there; its schema is brought up to date.
    case existing
    /// The file must be there and up to date, and is not changed.
    case readOnly
  }

  /// Opens the database at a path, after a look at it that changes nothing.
  ///
  /// Blocks for at most ten seconds while another process holds the file.
  ///
  /// - Throws: `StoreError`, a case of its own for each thing that can be wrong with the file.
  package static func open(path: String, mode: Mode) throws -> Store {
    let exists = try isFilePresent(at: path)
    if exists {
      try checkHeader(of: path, mode: mode)
      try inspect(path, mode: mode)
    } else if mode == .create {
      try createFolder(of: path)
    } else {
      throw StoreError.missing(path: path)
    }
    do {
      let pool = try DatabasePool(
        path: path,
        configuration: configuration(isReadOnly: mode == .readOnly)
      )
      if mode != .readOnly {
        // The pool sets NORMAL when it turns to WAL, which loses the last commits with the power.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try Schema.migrate(pool)
      }
      let watch = ChangeWatch {
        try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
      }
      return Store(writer: pool, watch: watch)
    } catch let error as DatabaseError where !exists && error.resultCode == .SQLITE_CANTOPEN {
      throw StoreError.cannotCreate(path: path, reason: error.message ?? "no access")
    } catch {
      throw StoreError.opening(path, failedWith: error)
    }
  }

  static func configuration(isReadOnly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.foreignKeysEnabled = true
    // Of the connection that writes; those of a pool that read wait as long by GRDB's own default,
    // which cannot be set.
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { db in
      // A log that once grew large gives its space back: 64 MiB.
      try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
    }
    return configuration
  }

  /// Checks that a file is leakbook's and of a schema that this build can use.
  private static func inspect(_ path: String, mode: Mode) throws {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
      try queue.read { db in
        if mode == .create, try Schema.isEmpty(db) { return }
        let mark = try Int.fetchOne(db, sql: "PRAGMA application_id")
        guard mark == Schema.applicationID else { throw StoreError.foreign(path: path) }
        let unknown = try Schema.unknownMigrations(db)
        guard unknown.isEmpty else { throw StoreError.newerSchema(path: path, unknown: unknown) }
        if mode == .readOnly, try !Schema.migrator.hasCompletedMigrations(db) {
          throw StoreError.olderSchema(path: path)
        }
      }
    } catch {
      throw StoreError.opening(path, failedWith: error)
    }
  }

  /// Tells whether there is a file; anything else at the path is an error.
  ///
  /// SQLite would wait for ever on a named pipe, so the kind is looked at first.
  private static func isFilePresent(at path: String) throws -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
      return false
    }
    switch attributes[.type] as? FileAttributeType {
    case .typeRegular: return true
    case .typeDirectory: throw StoreError.isFolder(path: path)
    default: throw StoreError.cannotOpen(path: path, reason: "it is not a regular file")
    }
  }

  /// Checks that a file begins as every database does, or is empty where one may be made.
  ///
  /// SQLite takes a file of one byte for an empty one, and would write over it. Source: "Database
  /// File Format", section 1.3, sqlite.org.
  private static func checkHeader(of path: String, mode: Mode) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw StoreError.cannotOpen(path: path, reason: "it may not be read")
    }
    let header = try StoreError.translate { try file.read(upToCount: 16) ?? Data() }
    let isNew = header.isEmpty && mode == .create
    guard isNew || header == Data("SQLite format 3\0".utf8) else {
      throw StoreError.notADatabase(path: path)
    }
  }

  private static func createFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw StoreError.cannotCreate(path: path, reason: "its folder cannot be made")
    }
  }
}
