import Foundation
import GRDB

extension Store {
  /// Whether a database lies on a file system that is mounted for reading only.
  package static func isOnReadOnlyDisk(_ path: String) -> Bool {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    return access(FileFlush.folder(of: target), W_OK) != 0 && errno == EROFS
  }

  /// Opens a database that nobody can write, since its disk is read-only.
  ///
  /// The engine would make files beside it to read one in WAL mode; told that the file cannot
  /// change it does without. Source: "URI Filenames", parameter `immutable`, sqlite.org.
  ///
  /// - Throws: `StoreError.readOnlyDisk` where a log still holds changes, which the file lacks.
  static func frozen(at path: String) throws -> DatabaseQueue {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let log = try? FileManager.default.attributesOfItem(atPath: target.path + "-wal")
    guard log?[.size] as? Int ?? 0 == 0 else {
      throw StoreError.readOnlyDisk(path: path, hasLog: true)
    }
    return try DatabaseQueue(
      path: target.absoluteString + "?immutable=1",
      configuration: configuration(isReadOnly: true)
    )
  }
}
