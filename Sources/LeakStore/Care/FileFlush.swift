import Foundation

/// Makes files and folders last.
///
/// A file that was renamed or made is there after a loss of power only when its folder was flushed,
/// too: the name is the folder's content (fsync(2)).
enum FileFlush {
  /// Waits until the disk has a file, or the names in a folder.
  ///
  /// - Throws: `StoreError.io`; `StoreError.cannotOpen` when it is not there.
  static func flush(_ path: String) throws {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw StoreError.cannotOpen(path: path, reason: lastReason)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw StoreError.io(detail: "fsync: \(lastReason)") }
  }

  /// Waits until the disk has the name of a file.
  static func flushFolder(of path: String) throws {
    try flush(folder(of: path))
  }

  /// The folder that a file is in.
  static func folder(of path: String) -> String {
    URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  /// Gives a file another name, in the place of one that has it.
  static func rename(_ path: String, to other: String) throws {
    guard Foundation.rename(path, other) == 0 else {
      throw StoreError.cannotCreate(path: other, reason: lastReason)
    }
  }

  /// Gives a file a second name.
  static func link(_ path: String, as other: String) throws {
    guard Foundation.link(path, other) == 0 else {
      throw StoreError.cannotCreate(path: other, reason: lastReason)
    }
  }

  /// What the system said of the last call that failed.
  static var lastReason: String { String(cString: strerror(errno)).lowercased() }
}
