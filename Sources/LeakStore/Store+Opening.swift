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
  /// A file of an older schema is copied before it is brought up to date. Blocks for at most ten
  /// seconds while another process holds the file.
  ///
  /// - Throws: `StoreError`, a case of its own for each thing that can be wrong with the file.
  package static func open(path: String, mode: Mode) throws -> Store {
    let exists = try isFilePresent(at: path)
    if exists {
      try checkHeader(of: path, mode: mode)
    } else if mode == .create {
      try createFolder(of: path)
    } else {
      throw StoreError.missing(path: path)
    }
    do {
      if mode == .readOnly { return try openForReading(path) }
      if exists, isOnReadOnlyDisk(path) {
        throw StoreError.readOnlyDisk(path: path, hasLog: false)
      }
      if exists, try isOutdated(path, mode: mode) { try keepCopy(of: path) }
      let pool = try DatabasePool(path: path, configuration: configuration(isReadOnly: false))
      // The pool sets NORMAL when it turns to WAL, which loses the last commits with the power.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      try Schema.migrate(pool)
      try WordIndex.catchUp(pool)
      let watch = ChangeWatch {
        try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
      }
      let quick = QuickReaders(limit: ProcessInfo.processInfo.activeProcessorCount) {
        var configuration = configuration(isReadOnly: true)
        configuration.busyMode = .immediateError
        return try DatabaseQueue(path: path, configuration: configuration)
      }
      return Store(writer: pool, watch: watch, quick: quick)
    } catch let error as DatabaseError where !exists && error.resultCode == .SQLITE_CANTOPEN {
      throw StoreError.cannotCreate(path: path, reason: error.message ?? "no access")
    } catch {
      throw StoreError.opening(path, failedWith: error)
    }
  }

  /// Opens a connection that changes nothing in the file, and leaves nothing beside it.
  ///
  /// The connection may write where there is no log, because only such a one takes the log away
  /// that reading makes; a log that is there belongs to others, or to a process that died, and is
  /// left to those who write.
  static func look(at path: String) throws -> DatabaseQueue {
    if isOnReadOnlyDisk(path) { return try frozen(at: path) }
    let hasLog = FileManager.default.fileExists(atPath: path + "-wal")
    return try DatabaseQueue(path: path, configuration: configuration(isReadOnly: hasLog))
  }

  private static func openForReading(_ path: String) throws -> Store {
    let queue = try look(at: path)
    do {
      try refuseUnknown(queue, path: path)
      guard
        try queue.read({ db in
          try Schema.migrator.hasCompletedMigrations(db) && WordIndex.isCurrent(db)
        })
      else { throw StoreError.olderSchema(path: path) }
    } catch {
      try? queue.close()
      throw error
    }
    return Store(writer: queue, isReadOnly: true)
  }

  /// Tells whether a file lacks migrations; one that nothing was written to lacks none.
  private static func isOutdated(_ path: String, mode: Mode) throws -> Bool {
    let queue = try look(at: path)
    defer { try? queue.close() }
    if mode == .create, try queue.read(Schema.isEmpty) { return false }
    try refuseUnknown(queue, path: path)
    return try !queue.read(Schema.migrator.hasCompletedMigrations)
  }

  /// Checks that a file is leakbook's and of a schema that this build knows.
  static func refuseUnknown(_ queue: DatabaseQueue, path: String) throws {
    try queue.read { db in
      let mark = try Int.fetchOne(db, sql: "PRAGMA application_id")
      guard mark == Schema.applicationID else { throw StoreError.foreign(path: path) }
      let unknown = try Schema.unknownMigrations(db)
      guard unknown.isEmpty else { throw StoreError.newerSchema(path: path, unknown: unknown) }
    }
  }

  /// Copies a file before it is brought up to date, unless that was done before.
  private static func keepCopy(of path: String) throws {
    let copy = "\(path).before-\(Schema.newest)"
    do {
      try backUp(path, to: copy)
    } catch StoreError.exists {
      return
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
      // Only a file that is made now can be told to give pages back one by one.
      if !db.configuration.readonly, try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 {
        try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      }
    }
    return configuration
  }

  /// Tells whether there is a file; anything else at the path is an error.
  ///
  /// SQLite would wait for ever on a named pipe, so the kind is looked at first.
  static func isFilePresent(at path: String) throws -> Bool {
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
  static func checkHeader(of path: String, mode: Mode) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw StoreError.cannotOpen(path: path, reason: "it may not be read")
    }
    let header = try StoreError.translate { try file.read(upToCount: 16) ?? Data() }
    let isNew = header.isEmpty && mode == .create
    guard isNew || header == Data("SQLite format 3\0".utf8) else {
      throw StoreError.notADatabase(path: path)
    }
  }

  /// Makes the folders that lack, each name safe on the disk.
  private static func createFolder(of path: String) throws {
    var missing: [String] = []
    var folder = FileFlush.folder(of: path)
    while !isFolder(folder), folder != "/" {
      missing.append(folder)
      folder = FileFlush.folder(of: folder)
    }
    for folder in missing.reversed() {
      do {
        try FileManager.default.createDirectory(
          atPath: folder,
          withIntermediateDirectories: true
        )
      } catch {
        throw StoreError.cannotCreate(path: path, reason: "its folder cannot be made")
      }
      try FileFlush.flushFolder(of: folder)
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
