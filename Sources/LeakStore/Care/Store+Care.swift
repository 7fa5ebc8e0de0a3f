import GRDB
package import LeakModel

/// Counts of what a store holds.
package struct StoreStatistics: Sendable, Equatable {
  /// The number of incidents in each status that any has.
  package let incidents: [IncidentStatus: Int]
  /// The number of captures kept, each content once.
  package let captureCount: Int
  /// The size of the captures kept, in bytes.
  package let captureBytes: Int64
  /// The size of the database file without its log, in bytes.
  package let databaseBytes: Int64
}

/// How the database engine is set up.
package struct EngineSettings: Sendable, Equatable {
  /// The version of the SQLite library, for example `3.40.1`.
  package let version: String
  /// `wal` for a file, `memory` without one.
  package let journalMode: String
  /// Whether a commit waits until the disk has it: `PRAGMA synchronous` is FULL or more.
  package let isDurable: Bool
  package let enforcesForeignKeys: Bool
}

extension Store {
  /// Looks for damage: one sentence a finding, none when all is well.
  ///
  /// Whether the bytes of captures still have their hashes is for the caller to see. A store
  /// opened for reading only is checked except for the inside of its text index.
  package func check() async throws -> [String] {
    let findings = try await lookAround()
    guard !isReadOnly else { return findings }
    do {
      return try await findings + write { db in try Self.damagedText(db) }
    } catch StoreError.corrupt(let detail) {
      return findings + [detail]
    }
  }

  /// What can be found by reading; damage may even keep the reading from its end.
  private func lookAround() async throws -> [String] {
    do {
      return try await read { db in
        try Self.findings { try String.fetchAll(db, sql: "PRAGMA integrity_check") }
          .filter { $0 != "ok" }
          + Self.findings { try Self.brokenReferences(db) }
          + Self.findings { try Self.evidenceWithoutBytes(db) }
          + Self.findings { try Self.incidentsWithoutText(db) }
          + Self.findings { try Self.damagedBlocks(db) }
      }
    } catch StoreError.corrupt(let detail) {
      return [detail]
    }
  }

  /// Packs the database into the least space, and gives the rest back to the file system.
  ///
  /// Others can read meanwhile and not write. It needs as much free space as the database takes.
  package func vacuum() async throws {
    try await writeWithoutTransaction { db in
      // Files made before leakbook asked for it can give pages back one by one from now on.
      try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      try db.execute(sql: "VACUUM")
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }

  /// Makes the text index anew from the incidents.
  package func rebuildSearch() async throws {
    try await write { db in
      // Words can only be taken out of a sound index, so it is first made so from its own text.
      try db.execute(sql: "INSERT INTO incidentSearch (incidentSearch) VALUES ('rebuild')")
      try db.execute(sql: "DELETE FROM incidentSearch")
      try WordIndex.clear(db)
      for number in try Int64.fetchAll(db, sql: "SELECT id FROM incident") {
        try SearchDocument.reindex(IncidentID(number: number), in: db)
      }
    }
  }

  /// Counts what the store holds.
  ///
  /// Uses indexes `incidentByStatusAndTime` and `captureBySize`.
  package func statistics() async throws -> StoreStatistics {
    try await read { db in
      let statuses = try SQLRequest<StatusCount>(
        "SELECT status, count(*) AS incidents FROM incident GROUP BY status"
      ).fetchAll(db)
      let captures = try SQLRequest<CaptureTotals>(
        "SELECT count(*) AS captures, total(size) AS bytes FROM capture INDEXED BY captureBySize"
      ).fetchOne(db)
      let size = try SQLRequest<Int64>(
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
      ).fetchOne(db)
      return StoreStatistics(
        incidents: Dictionary(statuses.map { ($0.status, $0.incidents) }) { one, _ in one },
        captureCount: captures?.captures ?? 0,
        captureBytes: Int64(captures?.bytes ?? 0),
        databaseBytes: size ?? 0
      )
    }
  }

  /// Reads back how the connection that writes is set up.
  package func settings() async throws -> EngineSettings {
    do {
      return try await writer.writeWithoutTransaction { db in
        EngineSettings(
          version: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
          journalMode: try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "",
          isDurable: try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0 >= 2,
          enforcesForeignKeys: try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") ?? false
        )
      }
    } catch {
      throw StoreError.translating(error)
    }
  }

  /// The findings of one look at the database; damage that stops it is a finding, too.
  private static func findings(_ look: () throws -> [String]) throws -> [String] {
    do {
      return try look()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return [error.message ?? "the database is malformed"]
    }
  }

  private static func damagedText(_ db: Database) throws -> [String] {
    do {
      try db.execute(sql: "INSERT INTO incidentSearch (incidentSearch) VALUES ('integrity-check')")
      return []
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return ["the text index is damaged"]
    }
  }

  private static func brokenReferences(_ db: Database) throws -> [String] {
    try Array(db.foreignKeyViolations()).map { violation in
      let row = violation.originRowID.map { " \($0)" } ?? ""
      return "\(violation.originTable)\(row) refers to a missing \(violation.destinationTable)"
    }
  }

  private static func evidenceWithoutBytes(_ db: Database) throws -> [String] {
    try SQLRequest<String>(
      """
      SELECT 'INC-' || incident || ': ' || source || ' has lost its bytes'
      FROM evidence
      LEFT JOIN capture ON capture.sha256 = evidence.sha256
      WHERE capture.sha256 IS NULL
      """
    ).fetchAll(db)
  }

  private static func damagedBlocks(_ db: Database) throws -> [String] {
    let rows = try SQLRequest<SnapshotBlockRow>(
      "SELECT id, service, instance, start, columns FROM snapshotBlock"
    ).fetchCursor(db)
    var findings: [String] = []
    while let row = try rows.next() {
      if (try? row.table()) == nil {
        let start = Instant(milliseconds: row.start)
        findings.append("the snapshots of \(row.service) \(row.instance) from \(start) are damaged")
      }
    }
    return findings
  }

  private static func incidentsWithoutText(_ db: Database) throws -> [String] {
    try SQLRequest<String>(
      """
      SELECT 'INC-' || id || ' is missing from the text index'
      FROM incident
      WHERE id NOT IN (SELECT rowid FROM incidentSearch)
      """
    ).fetchAll(db)
  }
}

/// How many incidents are in a status.
private struct StatusCount: Decodable, FetchableRecord {
  let status: IncidentStatus
  let incidents: Int
}

/// The number and size of all captures.
private struct CaptureTotals: Decodable, FetchableRecord {
  let captures: Int
  let bytes: Double
}
