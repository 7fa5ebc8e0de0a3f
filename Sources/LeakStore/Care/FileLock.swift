import Foundation

/// A hold on a database file that lets nobody else open it, whatever state it is in.
///
/// It takes the bytes that SQLite locks: every connection that has read a database in WAL mode
/// shares them as long as it lives. Source: "os.h" of SQLite 3.40, `PENDING_BYTE` and on.
final class FileLock {
  private static let firstByte: off_t = 0x4000_0000
  private static let byteCount: off_t = 512
  #if os(Linux)
  /// `F_OFD_SETLK` of `<fcntl.h>`, which Swift does not import; Linux 3.15.
  private static let setLockOfFile: Int32 = 37
  #else
  private static let setLockOfFile: Int32 = 90
  #endif
  private let descriptor: Int32

  /// Takes the hold.
  ///
  /// - Throws: `StoreError.inUse` when any connection is open, in this process or another.
  init(database path: String) throws {
    descriptor = open(path, O_RDWR)
    guard descriptor >= 0 else {
      throw StoreError.cannotOpen(path: path, reason: FileFlush.lastReason)
    }
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = Self.firstByte
    range.l_len = Self.byteCount
    // A lock of the open file, not of the process: it also sees the process's own connections.
    guard fcntl(descriptor, Self.setLockOfFile, &range) == 0 else {
      close(descriptor)
      throw StoreError.inUse(path: path)
    }
  }

  deinit { close(descriptor) }
}
