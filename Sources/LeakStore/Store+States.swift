import GRDB
package import LeakModel

/// An incident with all that is kept with it, as it stood at one moment.
package struct IncidentState: Sendable {
  package let incident: Incident
  /// In the order it was added.
  package let evidence: [Evidence]
  /// The latest diagnosis as JSON.
  package let verdict: String?
  /// In the order of time.
  package let timeline: [TimelineEvent]
  /// From it and to it, in the order in which they were made.
  package let links: [IncidentLink]
  /// What later evidence said last, as JSON.
  package let verification: String?
  /// Grows with every change of the incident, its evidence, verdict or timeline.
  package let revision: Int64
}

extension Store {
  /// Fetches an incident with all that is kept with it, in one transaction.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func state(of id: IncidentID) async throws -> IncidentState {
    try await readQuickly { db in
      let statement = try db.cachedStatement(sql: Self.stateSQL)
      guard let row = try Row.fetchOne(statement, arguments: [id.number]) else {
        throw StoreError.noSuchIncident(id)
      }
      let events = try EventRow.all(of: id, in: db)
      return IncidentState(
        incident: try IncidentRow(row: row).incident,
        evidence: try Self.evidence(of: id, db),
        verdict: row["verdict"],
        timeline: events.map(\.event),
        links: try LinkRow.all(of: id, in: db).map(\.link),
        verification: row["verification"],
        revision: events.compactMap(\.id).max() ?? 0
      )
    }
  }

  /// An incident with the latest verdict and verification.
  ///
  /// Uses indexes `verdictByIncident` and `verificationByIncident`.
  private static let stateSQL = """
    SELECT
      incident.*,
      (SELECT json FROM verdict WHERE incident = ?1 ORDER BY id DESC LIMIT 1) AS verdict,
      (SELECT json FROM verification WHERE incident = ?1 ORDER BY id DESC LIMIT 1) AS verification
    FROM incident
    WHERE id = ?1
    """

  /// The revision of an incident; 0 for one that is not there.
  package func revision(of id: IncidentID) async throws -> Int64 {
    try await read { db in try Self.revision(of: id, db) }
  }

  /// The number of the last event: whatever changes an incident adds one.
  ///
  /// Uses index `eventByIncidentAndTime`.
  static func revision(of id: IncidentID, _ db: Database) throws -> Int64 {
    try SQLRequest<Int64>("SELECT max(id) FROM event WHERE incident = \(id.number)")
      .fetchOne(db) ?? 0
  }
}
