import Foundation
import GRDB

extension StoreError {
  /// Translates an error of the database library; any other error passes as it is.
  static func translating(_ error: any Error) -> any Error {
    switch error {
    case let error as DatabaseError: StoreError(error)
    case let error as RowDecodingError: StoreError.corrupt(detail: "\(error)")
    default: error
    }
  }

  /// Runs a body and translates what it throws.
  static func translate<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch {
      throw translating(error)
    }
  }

  private init(_ error: DatabaseError) {
    let detail = error.message ?? "\(error.extendedResultCode)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_IOERR: self = .io(detail: "\(error.extendedResultCode)")
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(detail: detail)
    case .SQLITE_CONSTRAINT: self = .refused(detail: detail)
    default: self = .engine(detail: detail)
    }
  }

  /// Tells why a file that exists could not be opened.
  ///
  /// Only an error of the engine leads here: a sound database may be shorter than its header
  /// says while the rest is in the write-ahead log.
  static func opening(_ path: String, failedWith error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return translating(error) }
    switch error.resultCode {
    case .SQLITE_NOTADB:
      return StoreError.notADatabase(path: path)
    case .SQLITE_CORRUPT:
      guard let size = FileSize(ofDatabase: path), size.actual < size.expected else {
        return StoreError(error)
      }
      return StoreError.truncated(path: path, expected: size.expected, actual: size.actual)
    case .SQLITE_CANTOPEN, .SQLITE_PERM:
      return StoreError.cannotOpen(path: path, reason: error.message ?? "no access")
    default:
      return StoreError(error)
    }
  }
}

/// The size of a database file and the size its header promises, in bytes.
private struct FileSize {
  let expected: Int64
  let actual: Int64

  /// Reads both; nil when the file is too short to hold them.
  ///
  /// The page size is at offset 16 (1 means 65,536), the number of pages at offset 28, both
  /// big-endian. Source: "Database File Format", section 1.3, sqlite.org.
  init?(ofDatabase path: String) {
    guard let file = FileHandle(forReadingAtPath: path),
      let header = try? file.read(upToCount: 32), header.count == 32,
      let actual = try? file.seekToEnd()
    else { return nil }
    let bytes = [UInt8](header)
    let pageSize = Int64(bytes[16]) << 8 | Int64(bytes[17])
    let pages = bytes[28..<32].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    self.expected = pages * (pageSize == 1 ? 65_536 : pageSize)
    self.actual = Int64(actual)
  }
}
