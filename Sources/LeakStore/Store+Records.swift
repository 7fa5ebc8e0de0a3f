import GRDB
package import LeakModel

/// One incident whole, as it is carried from one base to another.
package struct IncidentRecord: Sendable, Equatable {
  /// What it is known by in every base: 32 hex digits.
  package var uid: String
  package var incident: Incident
  /// In the order in which it was added.
  package var evidence: [Evidence]
  /// In the order of time.
  package var timeline: [TimelineEvent]
  /// The earliest first, as are repairs and verifications.
  package var verdicts: [StoredVerdict]
  package var repairs: [Repair]
  package var verifications: [StoredVerification]

  package init(
    uid: String,
    incident: Incident,
    evidence: [Evidence],
    timeline: [TimelineEvent],
    verdicts: [StoredVerdict],
    repairs: [Repair],
    verifications: [StoredVerification]
  ) {
    self.uid = uid
    self.incident = incident
    self.evidence = evidence
    self.timeline = timeline
    self.verdicts = verdicts
    self.repairs = repairs
    self.verifications = verifications
  }
}

extension Store {
  /// Reads one incident whole, all of one moment.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func record(of id: IncidentID) async throws -> IncidentRecord {
    try await read { db in
      let uid = try SQLRequest<String>("SELECT uid FROM identity WHERE incident = \(id.number)")
        .fetchOne(db)
      guard let uid else { throw StoreError.noSuchIncident(id) }
      return IncidentRecord(
        uid: uid,
        incident: try IncidentRow.find(id, in: db).incident,
        evidence: try Self.evidence(of: id, db),
        timeline: try EventRow.all(of: id, in: db).map(\.event),
        verdicts: try VerdictRow.newestFirst(of: id).fetchAll(db).reversed().map(\.verdict),
        repairs: try RepairRow.all(of: id, in: db).map(\.repair),
        verifications: try VerificationRow.newestFirst(of: id).fetchAll(db).reversed()
          .map(\.verification)
      )
    }
  }

  /// The incident known by an identity; nil when there is none here.
  ///
  /// Uses index `sqlite_autoindex_identity_1`.
  package func incident(knownBy uid: String) async throws -> IncidentID? {
    try await read { db in try Self.incident(knownBy: uid, db) }
  }

  /// Takes in an incident of another base under the next number, all or nothing.
  ///
  /// - Parameters:
  ///   - record: The incident whole; its number is the other base's, and is given up.
  ///   - captures: The bytes of its evidence, each once.
  ///   - event: What the timeline will say of its coming.
  /// - Returns: The number here, and whether it was here before; then nothing is changed.
  /// - Throws: `StoreError`, also for evidence whose bytes are missing.
  package func insert(
    _ record: IncidentRecord,
    captures: [RawCapture],
    event: TimelineEvent
  ) async throws -> (id: IncidentID, wasKnown: Bool) {
    try await write { db in
      if let id = try Self.incident(knownBy: record.uid, db) { return (id, true) }
      try Self.see(service: record.incident.service, at: record.incident.openedAt, db)
      let id = try Self.nextIncidentID(db)
      try IncidentRow(record.incident.renumbered(id)).insert(db)
      try Self.identify(id, as: record.uid, db)
      for capture in captures { try Self.keep(capture, db) }
      for evidence in record.evidence { _ = try Self.insert(evidence, of: id, db) }
      for verdict in record.verdicts { try VerdictRow(verdict, of: id).insert(db) }
      for repair in record.repairs { try RepairRow(repair, of: id).insert(db) }
      for verification in record.verifications {
        try VerificationRow(verification, of: id).insert(db)
      }
      for event in record.timeline + [event] { try Self.add(event, to: id, db) }
      try SearchDocument.reindex(id, in: db)
      return (id, false)
    }
  }

  /// Notes what an incident is known by, within a transaction.
  static func identify(_ id: IncidentID, as uid: String, _ db: Database) throws {
    try db.execute(
      literal: "INSERT INTO identity (incident, uid) VALUES (\(id.number), \(uid))"
    )
  }

  private static func incident(knownBy uid: String, _ db: Database) throws -> IncidentID? {
    try SQLRequest<Int64>("SELECT incident FROM identity WHERE uid = \(uid)").fetchOne(db)
      .map { IncidentID(number: $0) }
  }
}

extension Incident {
  /// The same incident under another number.
  fileprivate func renumbered(_ id: IncidentID) -> Incident {
    Incident(
      id: id,
      title: title,
      service: service,
      status: status,
      severity: severity,
      isSeverityGiven: isSeverityGiven,
      story: story,
      openedAt: openedAt,
      updatedAt: updatedAt,
      cause: cause,
      fix: fix,
      fixCommit: fixCommit,
      importedCase: importedCase,
      labels: labels
    )
  }
}
