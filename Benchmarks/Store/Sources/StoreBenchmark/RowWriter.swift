import GRDBSQLite
import LeakModel

/// The straightforward way: a table with a column a metric, one prepared statement, C API.
enum RowWriter {
  /// An error of the engine, by what it says.
  struct Failure: Error {
    let message: String
  }

  /// Writes each upload in a transaction of its own, as durable as the store does.
  static func write(_ uploads: [Upload], to path: String) throws {
    var connection: OpaquePointer?
    guard sqlite3_open(path, &connection) == SQLITE_OK, let connection else {
      throw Failure(message: "cannot open \(path)")
    }
    defer { sqlite3_close(connection) }
    let metrics = uploads.first.map { Array($0.series.columns.keys) } ?? []
    let names = metrics.map { "m_\($0)" }
    try run(
      """
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE snapshot (
        service TEXT NOT NULL, instance TEXT NOT NULL, at INTEGER NOT NULL,
        \(names.map { "\($0)" }.joined(separator: ", ")),
        PRIMARY KEY (service, instance, at)
      ) WITHOUT ROWID;
      """,
      connection
    )
    let marks = Array(repeating: "?", count: metrics.count + 3).joined(separator: ", ")
    var statement: OpaquePointer?
    guard
      sqlite3_prepare_v2(connection, "INSERT INTO snapshot VALUES (\(marks))", -1, &statement, nil)
        == SQLITE_OK
    else { throw Failure(message: String(cString: sqlite3_errmsg(connection))) }
    defer { sqlite3_finalize(statement) }
    for upload in uploads {
      try run("BEGIN IMMEDIATE", connection)
      let columns = metrics.map { upload.series.columns[$0] ?? [] }
      try withStrings("relay", upload.instance) { service, instance in
        for row in upload.series.times.indices {
          sqlite3_bind_text(statement, 1, service, -1, nil)
          sqlite3_bind_text(statement, 2, instance, -1, nil)
          sqlite3_bind_int64(statement, 3, Int64(upload.series.times[row] * 1_000))
          for (index, column) in columns.enumerated() {
            sqlite3_bind_int64(statement, Int32(index + 4), Int64(column[row]))
          }
          guard sqlite3_step(statement) == SQLITE_DONE else {
            throw Failure(message: String(cString: sqlite3_errmsg(connection)))
          }
          sqlite3_reset(statement)
        }
      }
      try run("COMMIT", connection)
    }
  }

  /// Lends two texts to the engine for the time of a body: so it need not copy them.
  private static func withStrings(
    _ one: String,
    _ other: String,
    _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) throws -> Void
  ) rethrows {
    try one.withCString { first in try other.withCString { try body(first, $0) } }
  }

  private static func run(_ sql: String, _ connection: OpaquePointer) throws {
    guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
      throw Failure(message: String(cString: sqlite3_errmsg(connection)))
    }
  }
}
