import GRDB
import LeakModel

extension Store {
  /// Appends an entry to the audit log, chained to the one before.
  ///
  /// - Parameters:
  ///   - entry: What was done.
  ///   - hash: The hash of the chain; called within the transaction.
  /// - Throws: `StoreError`, and what `hash` throws.
  package func append(_ entry: AuditEntry, hash: @escaping AuditHash) async throws {
    try await write { db in
      let last: SQLRequest<String> = "SELECT hash FROM audit ORDER BY id DESC LIMIT 1"
      let previous = try last.fetchOne(db) ?? ""
      let number = try Self.lastAuditNumber(db) + 1
      try AuditRow(
        id: number,
        at: entry.at.milliseconds,
        actor: entry.actor,
        action: entry.action,
        target: entry.target,
        result: entry.result,
        previous: previous,
        hash: try hash(number, entry, previous)
      ).insert(db)
    }
  }

  /// Part of the audit log in the order of its numbers.
  ///
  /// - Parameters:
  ///   - number: The number after which to begin; 0 begins with the first.
  ///   - limit: How many records to fetch at most.
  /// - Returns: The records; empty behind the last.
  /// - Throws: `StoreError`.
  package func auditRecords(after number: Int64, limit: Int) async throws -> [AuditRecord] {
    try await read { db in
      try AuditRow.filter(Column("id") > number).order(Column("id")).limit(limit).fetchAll(db)
        .map(\.record)
    }
  }

  /// The newest part of the audit log, the newest first.
  ///
  /// - Parameters:
  ///   - number: The number before which to begin; nil begins with the newest.
  ///   - limit: How many records to fetch at most.
  /// - Returns: The records; empty before the first.
  /// - Throws: `StoreError`.
  package func newestAuditRecords(before number: Int64?, limit: Int) async throws -> [AuditRecord] {
    try await read { db in
      try AuditRow.filter(Column("id") < (number ?? .max)).order(Column("id").desc).limit(limit)
        .fetchAll(db).map(\.record)
    }
  }

  /// The last number given, whether its record is still there or not; 0 before the first.
  package func lastAuditNumber() async throws -> Int64 {
    try await read { db in try Self.lastAuditNumber(db) }
  }

  private static func lastAuditNumber(_ db: Database) throws -> Int64 {
    try SQLRequest<Int64>("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchOne(db) ?? 0
  }
}

/// A record as table `audit` holds it.
private struct AuditRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "audit"

  let id: Int64
  let at: Int64
  let actor: String
  let action: String
  let target: String
  let result: String
  let previous: String
  let hash: String

  var record: AuditRecord {
    AuditRecord(
      number: id,
      entry: AuditEntry(
        at: Instant(milliseconds: at),
        actor: actor,
        action: action,
        target: target,
        result: result
      ),
      previous: previous,
      hash: hash
    )
  }
}
