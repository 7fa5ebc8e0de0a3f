import Foundation
import GRDB
package import LeakModel

extension Store {
  /// Puts a backup in the place of a database; what was there is kept under another name.
  ///
  /// The old file goes together with its log: a log that is left beside another file would be
  /// taken for that one's, and ruin it. A restore that is cut off anywhere leaves the old database,
  /// or the new one.
  ///
  /// - Parameters:
  ///   - backup: A database of any schema up to this build's, with its log if it has one.
  ///   - path: Where to put it; the folder must be there.
  ///   - now: Names what was there before.
  /// - Returns: The new name of what was there; nil when there was nothing.
  /// - Throws: `StoreError.inUse` while anybody has the database open, and what is wrong with the
  ///   backup; nothing is changed then.
  package static func restore(_ backup: String, to path: String, now: Instant) throws -> String? {
    guard try isFilePresent(at: backup) else { throw StoreError.missing(path: backup) }
    try checkHeader(of: backup, mode: .readOnly)
    let isThere = try isFilePresent(at: path)
    // Held to the end: who opens the old file meanwhile waits, and then finds the new one.
    let lock = isThere ? try FileLock(database: path) : nil
    defer { withExtendedLifetime(lock) {} }
    let copy = try soundCopy(of: backup, beside: path)
    do {
      let aside = isThere ? try setAside(path, now: now) : nil
      try FileFlush.rename(copy, to: path)
      try FileFlush.flushFolder(of: path)
      return aside
    } catch {
      try? FileManager.default.removeItem(atPath: copy)
      throw error
    }
  }

  /// Gives a database and its log second names, and leaves only the file itself under the first.
  private static func setAside(_ path: String, now: Instant) throws -> String {
    let digits = now.description.filter { $0.isNumber || $0 == "T" || $0 == "Z" }
    let aside = "\(path).before-restore-\(digits)"
    try FileFlush.link(path, as: aside)
    if FileManager.default.fileExists(atPath: path + "-wal") {
      try FileFlush.rename(path + "-wal", to: aside + "-wal")
    }
    // Only an index into the log, made anew from it.
    try? FileManager.default.removeItem(atPath: path + "-shm")
    try FileFlush.flushFolder(of: path)
    return aside
  }
}
