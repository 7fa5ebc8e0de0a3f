import GRDB
package import LeakModel

/// A capture that a verdict rests on.
package struct VerdictInput: Sendable, Equatable, Codable {
  /// SHA-256 of the capture, in lower-case hex.
  package let sha256: String
  /// The name it was read under.
  package let source: String

  package init(sha256: String, source: String) {
    self.sha256 = sha256
    self.source = source
  }
}

/// What was said about an incident once, kept so that it can be read and judged later.
package struct StoredVerdict: Sendable, Equatable {
  /// When it was said.
  package let at: Instant
  /// The best explanation.
  package let cause: Cause
  /// Its probability, 0 to 1.
  package let confidence: Double
  /// The function to open first, as Go writes it.
  package let culprit: String?
  /// The hash of the playbooks that judged.
  package let rules: String
  /// The captures that were judged, in the order in which they were read.
  package let evidence: [VerdictInput]
  /// The whole diagnosis as JSON, `leakbook.diagnosis/1`.
  package let json: String

  package init(
    at: Instant,
    cause: Cause,
    confidence: Double,
    culprit: String?,
    rules: String,
    evidence: [VerdictInput] = [],
    json: String
  ) {
    self.at = at
    self.cause = cause
    self.confidence = confidence
    self.culprit = culprit
    self.rules = rules
    self.evidence = evidence
    self.json = json
  }
}

extension Store {
  /// Adds a verdict to those of an incident; it is the latest from now on.
  ///
  /// - Parameters:
  ///   - verdict: The verdict.
  ///   - id: The incident.
  ///   - severity: How urgent the verdict is; it raises a severity that no person gave, and says so
  ///     in the timeline. nil for a verdict that tells of no trouble.
  /// - Throws: `StoreError.noSuchIncident`.
  package func record(
    _ verdict: StoredVerdict,
    for id: IncidentID,
    severity: Severity? = nil
  ) async throws {
    try await write { db in
      try Self.touch(id, at: verdict.at, db)
      try VerdictRow(verdict, of: id).insert(db)
      let event = TimelineEvent(
        at: verdict.at,
        author: "leakbook",
        kind: .diagnosed,
        detail: verdict.cause.rawValue
      )
      try Self.add(event, to: id, db)
      if let severity { try Self.raise(id, to: severity, by: verdict, db) }
      try SearchDocument.reindex(id, in: db)
    }
  }

  /// Raises a severity that no person gave, unless a person settled on another cause.
  private static func raise(
    _ id: IncidentID,
    to severity: Severity,
    by verdict: StoredVerdict,
    _ db: Database
  ) throws {
    let incident = try IncidentRow.find(id, in: db).incident
    guard !incident.isSeverityGiven, severity > incident.severity,
      incident.cause == nil || incident.cause == verdict.cause
    else { return }
    try db.execute(
      literal: "UPDATE incident SET severity = \(severity.rawValue) WHERE id = \(id.number)"
    )
    let event = TimelineEvent(
      at: verdict.at,
      author: "leakbook",
      kind: .edited,
      detail: "severity \(severity.rawValue) by the verdict, \(incident.severity.rawValue) before"
    )
    try add(event, to: id, db)
  }

  /// The latest verdict on an incident; nil before there is one.
  ///
  /// Uses index `verdictByIncident`.
  package func latestVerdict(of id: IncidentID) async throws -> StoredVerdict? {
    try await read { db in try Self.latestVerdict(of: id, db) }
  }

  /// The latest verdict within a transaction.
  static func latestVerdict(of id: IncidentID, _ db: Database) throws -> StoredVerdict? {
    try VerdictRow.latest(of: id, in: db)?.verdict
  }

  /// All verdicts on an incident, the latest first.
  ///
  /// Uses index `verdictByIncident`.
  package func verdicts(of id: IncidentID) async throws -> [StoredVerdict] {
    try await read { db in try VerdictRow.newestFirst(of: id).fetchAll(db).map(\.verdict) }
  }
}

/// A verdict as table `verdict` holds it.
struct VerdictRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "verdict"

  let id: Int64?
  let incident: Int64
  let at: Int64
  let cause: Cause
  let confidence: Double
  let culprit: String?
  let rules: String
  /// Stored as a JSON array.
  let evidence: [VerdictInput]
  let json: String

  init(_ verdict: StoredVerdict, of id: IncidentID) {
    self.id = nil
    self.incident = id.number
    self.at = verdict.at.milliseconds
    self.cause = verdict.cause
    self.confidence = verdict.confidence
    self.culprit = verdict.culprit
    self.rules = verdict.rules
    self.evidence = verdict.evidence
    self.json = verdict.json
  }

  var verdict: StoredVerdict {
    StoredVerdict(
      at: Instant(milliseconds: at),
      cause: cause,
      confidence: confidence,
      culprit: culprit,
      rules: rules,
      evidence: evidence,
      json: json
    )
  }

  static func newestFirst(of id: IncidentID) -> QueryInterfaceRequest<VerdictRow> {
    filter(Column("incident") == id.number).order(Column("id").desc)
  }

  static func latest(of id: IncidentID, in db: Database) throws -> VerdictRow? {
    try newestFirst(of: id).fetchOne(db)
  }
}
