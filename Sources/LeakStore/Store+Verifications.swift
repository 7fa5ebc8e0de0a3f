import GRDB
package import LeakModel

/// What later evidence said about a fix, kept so that it can be read later.
package struct StoredVerification: Sendable, Equatable {
  package let at: Instant
  package let author: String
  /// `verified`, `not-yet` or `worse`.
  package let answer: String
  /// Everything that was measured, as JSON.
  package let json: String

  package init(at: Instant, author: String, answer: String, json: String) {
    self.at = at
    self.author = author
    self.answer = answer
    self.json = json
  }
}

extension Store {
  /// Keeps what later evidence said, and changes the incident in the same step.
  ///
  /// - Parameters:
  ///   - verification: What was measured; its time and author are the event's.
  ///   - id: The incident whose fix was looked at.
  ///   - event: What the timeline will say.
  ///   - repair: What it means for the latest fix.
  ///   - change: Changes the incident as it stands; what it throws undoes everything.
  /// - Returns: The incident as changed.
  /// - Throws: `StoreError.noSuchIncident`, or what `change` throws.
  @discardableResult
  package func record(
    _ verification: StoredVerification,
    for id: IncidentID,
    event: TimelineEvent,
    repair: RepairChange,
    _ change: @escaping @Sendable (inout Incident) throws -> Void
  ) async throws -> Incident {
    try await write { db in
      let incident = try Self.update(id, event: event, db, change)
      try Self.apply(repair, to: id, db)
      try VerificationRow(verification, of: id).insert(db)
      return incident
    }
  }

  /// What later evidence said about the fixes of an incident, the latest first.
  ///
  /// Uses index `verificationByIncident`.
  package func verifications(of id: IncidentID) async throws -> [StoredVerification] {
    try await read { db in
      try VerificationRow.newestFirst(of: id).fetchAll(db).map(\.verification)
    }
  }
}

/// A verification as table `verification` holds it.
struct VerificationRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "verification"

  let id: Int64?
  let incident: Int64
  let at: Int64
  let author: String
  let answer: String
  let json: String

  init(_ verification: StoredVerification, of id: IncidentID) {
    self.id = nil
    self.incident = id.number
    self.at = verification.at.milliseconds
    self.author = verification.author
    self.answer = verification.answer
    self.json = verification.json
  }

  var verification: StoredVerification {
    StoredVerification(
      at: Instant(milliseconds: at),
      author: author,
      answer: answer,
      json: json
    )
  }

  static func newestFirst(of id: IncidentID) -> QueryInterfaceRequest<VerificationRow> {
    filter(Column("incident") == id.number).order(Column("id").desc)
  }
}
