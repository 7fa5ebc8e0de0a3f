import Foundation
import GRDB

extension Store {
  /// Copies a database into a file, while others read and write it.
  ///
  /// The copy holds everything that was acknowledged before this began. It appears under its name
  /// only when it is whole, checked and on the disk; without fragments it is at most as large as
  /// the original, and it needs nothing beside it.
  ///
  /// - Parameters:
  ///   - path: The database; of any schema up to this build's.
  ///   - copy: The file to make.
  ///   - replacing: Whether a file that is there gives way, once the copy is sound.
  /// - Throws: `StoreError.exists` for a file that is there; `StoreError.corrupt` when the
  ///   original is damaged: a damaged copy is never kept.
  package static func backUp(_ path: String, to copy: String, replacing: Bool = false) throws {
    guard try isFilePresent(at: path) else { throw StoreError.missing(path: path) }
    if try isFilePresent(at: copy) {
      guard replacing, !isSameFile(path, copy) else { throw StoreError.exists(path: copy) }
    }
    let partial = try soundCopy(of: path, beside: copy)
    do {
      try FileFlush.rename(partial, to: copy)
      try FileFlush.flushFolder(of: copy)
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw error
    }
  }

  /// Copies a database into a new file in the folder of another, checks it and flushes it.
  ///
  /// - Returns: The path of the copy, for the caller to rename or remove.
  static func soundCopy(of path: String, beside other: String) throws -> String {
    let partial = "\(other).partial-\(UUID().uuidString.prefix(8))"
    do {
      let source = try look(at: path)
      defer { try? source.close() }
      try refuseUnknown(source, path: path)
      try source.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [partial])
      }
      try copyPermissions(of: path, to: partial)
      try FileFlush.flush(partial)
      try verify(partial)
      return partial
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      guard let error = error as? DatabaseError else { throw error }
      throw error.resultCode == .SQLITE_CANTOPEN
        ? StoreError.cannotCreate(path: other, reason: error.message ?? "no access")
        : StoreError.opening(path, failedWith: error)
    }
  }

  /// Checks the structure of a database that nobody else has open.
  ///
  /// - Throws: `StoreError.corrupt` with the first finding.
  private static func verify(_ path: String) throws {
    let queue = try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
    defer { try? queue.close() }
    let finding = try queue.read { db in
      try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
    }
    guard finding == "ok" else { throw StoreError.corrupt(detail: finding) }
  }

  private static func copyPermissions(of path: String, to copy: String) throws {
    var information = stat()
    guard stat(path, &information) == 0, chmod(copy, information.st_mode & 0o777) == 0 else {
      throw StoreError.cannotCreate(path: copy, reason: FileFlush.lastReason)
    }
  }

  private static func isSameFile(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0
      && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
