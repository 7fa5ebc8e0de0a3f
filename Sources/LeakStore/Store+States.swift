import GRDB
package import LeakModel

/// An incident with all that is kept with it, as it stood at one moment.
package struct IncidentState: Sendable {
  package let incident: Incident
  /// In the order it was added.
  package let evidence: [Evidence]
  package let verdict: StoredVerdict?
  /// In the order of time.
  package let timeline: [TimelineEvent]
  /// From it and to it, in the order in which they were made.
  package let links: [IncidentLink]
  /// What later evidence said last.
  package let verification: StoredVerification?
  /// Grows with every change of the incident, its evidence, verdict or timeline.
  package let revision: Int64
}

extension Store {
  /// Fetches an incident with all that is kept with it, in one transaction.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func state(of id: IncidentID) async throws -> IncidentState {
    try await read { db in
      IncidentState(
        incident: try IncidentRow.find(id, in: db).incident,
        evidence: try Self.evidence(of: id, db),
        verdict: try Self.latestVerdict(of: id, db),
        timeline: try EventRow.all(of: id, in: db).map(\.event),
        links: try LinkRow.all(of: id, in: db).map(\.link),
        verification: try VerificationRow.newestFirst(of: id).fetchOne(db)?.verification,
        revision: try Self.revision(of: id, db)
      )
    }
  }

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
