import GRDB
package import LeakModel

/// A fix that was applied to an incident, and what became of it.
package struct Repair: Sendable, Equatable {
  package let cause: Cause
  /// Never empty.
  package let fix: String
  /// The commit or release that holds it.
  package let commit: String?
  package let at: Instant
  package let author: String
  /// When later evidence proved it; nil while it has not.
  package let verifiedAt: Instant?
  /// When the trouble came back in spite of it; nil while it holds.
  package let failedAt: Instant?

  package init(
    cause: Cause,
    fix: String,
    commit: String?,
    at: Instant,
    author: String,
    verifiedAt: Instant? = nil,
    failedAt: Instant? = nil
  ) {
    self.cause = cause
    self.fix = fix
    self.commit = commit
    self.at = at
    self.author = author
    self.verifiedAt = verifiedAt
    self.failedAt = failedAt
  }

  /// The fix that an incident comes with; nil when it is not resolved by one.
  init?(settledBy new: NewIncident) {
    guard [.resolved, .verified].contains(new.status), let cause = new.cause, let fix = new.fix,
      !fix.isEmpty
    else { return nil }
    self.init(
      cause: cause,
      fix: fix,
      commit: new.fixCommit,
      at: new.loggedAt,
      author: new.author
    )
  }
}

/// What a step in an incident's life means for its fixes.
package enum RepairChange: Sendable, Equatable {
  case unchanged
  case applied(Repair)
  /// Later evidence proves the latest fix.
  case proven(at: Instant)
  /// The trouble is there in spite of the latest fix.
  case failed(at: Instant)
}

extension Store {
  /// The fixes that were applied to an incident, the earliest first.
  ///
  /// Uses index `repairByIncident`.
  package func repairs(of id: IncidentID) async throws -> [Repair] {
    try await read { db in try RepairRow.all(of: id, in: db).map(\.repair) }
  }

  /// Writes what a step means for the fixes, within a transaction.
  static func apply(_ change: RepairChange, to id: IncidentID, _ db: Database) throws {
    switch change {
    case .unchanged: break
    case .applied(let repair): try RepairRow(repair, of: id).insert(db)
    case .proven(let time): try mark("verifiedAt", time, id, db)
    case .failed(let time): try mark("failedAt", time, id, db)
    }
  }

  /// Sets a time of the latest fix.
  private static func mark(
    _ column: String,
    _ time: Instant,
    _ id: IncidentID,
    _ db: Database
  ) throws {
    try db.execute(
      literal: """
        UPDATE repair
        SET \(sql: column) = \(time.milliseconds)
        WHERE id = (SELECT max(id) FROM repair WHERE incident = \(id.number))
        """
    )
  }
}

/// A fix as table `repair` holds it.
struct RepairRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "repair"

  let id: Int64?
  let incident: Int64
  let cause: Cause
  let fix: String
  let fixCommit: String?
  let at: Int64
  let author: String
  let verifiedAt: Int64?
  let failedAt: Int64?

  init(_ repair: Repair, of id: IncidentID) {
    self.id = nil
    self.incident = id.number
    self.cause = repair.cause
    self.fix = repair.fix
    self.fixCommit = repair.commit
    self.at = repair.at.milliseconds
    self.author = repair.author
    self.verifiedAt = repair.verifiedAt?.milliseconds
    self.failedAt = repair.failedAt?.milliseconds
  }

  var repair: Repair {
    Repair(
      cause: cause,
      fix: fix,
      commit: fixCommit,
      at: Instant(milliseconds: at),
      author: author,
      verifiedAt: verifiedAt.map { Instant(milliseconds: $0) },
      failedAt: failedAt.map { Instant(milliseconds: $0) }
    )
  }

  static func all(of id: IncidentID, in db: Database) throws -> [RepairRow] {
    try filter(Column("incident") == id.number).order(Column("id")).fetchAll(db)
  }
}
