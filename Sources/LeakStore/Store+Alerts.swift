import GRDB
package import LeakModel

extension Store {
  /// How many incidents alerts may open in a minute: a storm is one trouble, not a thousand.
  package static let alertIncidentsPerMinute = 60
  /// How many alerts of one incident its timeline tells of.
  private static let mostAlertEvents = 20
  /// After this time without a word an alert is forgotten, in milliseconds: 30 days.
  private static let alertMemory: Int64 = 30 * 86_400_000

  /// Takes in what a webhook reports, all of it or nothing.
  ///
  /// A time that an alert fired is named by fingerprint and start, so that repeats change nothing.
  /// Uses indexes `alertByIncident`, `alertByTime`, `alertGroupByTime`.
  ///
  /// - Returns: What each report came to, in their order.
  package func take(_ reports: [AlertReport], at time: Instant) async throws -> [AlertOutcome] {
    try await write { db in
      let forgotten = time.milliseconds - Self.alertMemory
      try db.execute(literal: "DELETE FROM alert WHERE lastSeen < \(forgotten)")
      return try reports.map { try Self.take($0, at: time, db) }
    }
  }

  private static func take(
    _ report: AlertReport,
    at time: Instant,
    _ db: Database
  ) throws -> AlertOutcome {
    let ended = try end(report.alerts.filter { !$0.isFiring }, at: time, db)
    let begun = try report.alerts.filter { $0.isFiring }.filter { try isNews($0, at: time, db) }
    var outcome = AlertOutcome.unchanged
    if !begun.isEmpty {
      guard let (id, opening) = try incident(for: report, at: time, db) else { return .deferred }
      try join(begun, to: id, report.incident.author, report.incident.severity, at: time, db)
      outcome = opening
    }
    for id in ended where try mitigate(id, report.incident.author, at: time, db) {
      outcome = .mitigated(id)
    }
    return outcome
  }

  /// Whether an alert was not known to fire; one that was is marked as seen.
  private static func isNews(
    _ alert: AlertReport.Alert,
    at time: Instant,
    _ db: Database
  ) throws -> Bool {
    try db.execute(
      literal: """
        UPDATE alert
        SET lastSeen = \(time.milliseconds)
        WHERE fingerprint = \(alert.fingerprint)
          AND startsAt = \(alert.startsAt.milliseconds)
          AND isFiring = 1
        """
    )
    return db.changesCount == 0
  }

  /// The incident that alerts of a report go to; nil when too many were opened just now.
  private static func incident(
    for report: AlertReport,
    at time: Instant,
    _ db: Database
  ) throws -> (IncidentID, AlertOutcome)? {
    let before = try AlertGroupRow.fetchOne(db, key: report.key)
      .map { try IncidentRow.find(IncidentID(number: $0.incident), in: db).incident }
    switch before?.status {
    case .open, .reopened:
      if let id = before?.id { return (id, .joined(id)) }
    case .mitigated:
      if let id = before?.id {
        let author = report.incident.author
        try set(
          .reopened,
          of: id,
          kind: .reopened,
          "an alert fires again",
          by: author,
          at: time,
          db
        )
        return (id, .reopened(id))
      }
    case .resolved, .verified, .notALeak, .duplicate, nil: break
    }
    let recent = try AlertGroupRow.filter(Column("openedAt") > time.milliseconds - 60_000)
      .fetchCount(db)
    guard recent < alertIncidentsPerMinute else { return nil }
    var new = report.incident
    // What was settled may be back, or something else has the same alert: a person will say.
    new.labels["recurs-after"] = before?.id.description
    let id = try insert(new, db).id
    try AlertGroupRow(key: report.key, incident: id.number, openedAt: time.milliseconds).insert(
      db,
      onConflict: .replace
    )
    return (id, .opened(id))
  }

  private static func join(
    _ alerts: [AlertReport.Alert],
    to id: IncidentID,
    _ author: String,
    _ severity: Severity,
    at time: Instant,
    _ db: Database
  ) throws {
    var known = try AlertRow.filter(Column("incident") == id.number).fetchCount(db)
    for alert in alerts {
      // An alert that fires anew has ended before, whether anybody said so or not.
      try end([alert], before: true, at: time, db)
      try AlertRow(alert, incident: id, lastSeen: time).insert(db, onConflict: .replace)
      if known < mostAlertEvents {
        let event = TimelineEvent(at: time, author: author, kind: .edited, detail: alert.summary)
        try add(event, to: id, db)
      }
      known += 1
    }
    // P0 stands before P1 as text, too: new alerts make an incident more urgent and never less.
    try db.execute(
      literal: """
        UPDATE incident
        SET severity = \(severity.rawValue)
        WHERE id = \(id.number)
          AND severity > \(severity.rawValue)
        """
    )
    if db.changesCount > 0 { try SearchDocument.reindex(id, in: db) }
    try touch(id, at: time, db)
  }

  /// Marks alerts as ended with all earlier times that they fired, or only those times (`before`).
  ///
  /// - Returns: The incidents that alerts ended in.
  /// - Throws: `StoreError`.
  @discardableResult
  private static func end(
    _ alerts: [AlertReport.Alert],
    before: Bool = false,
    at time: Instant,
    _ db: Database
  ) throws -> Set<IncidentID> {
    var incidents: Set<IncidentID> = []
    for alert in alerts {
      let last = alert.startsAt.milliseconds - (before ? 1 : 0)
      let request: SQLRequest<Int64> = """
        UPDATE alert
        SET isFiring = 0,
            lastSeen = \(time.milliseconds)
        WHERE fingerprint = \(alert.fingerprint)
          AND startsAt <= \(last)
          AND isFiring = 1
        RETURNING incident
        """
      incidents.formUnion(try request.fetchAll(db).map { IncidentID(number: $0) })
    }
    return incidents
  }

  /// Mitigates an incident none of whose alerts fires any more; resolving needs a cause and a fix.
  private static func mitigate(
    _ id: IncidentID,
    _ author: String,
    at time: Instant,
    _ db: Database
  ) throws -> Bool {
    let firing = try AlertRow.filter(Column("incident") == id.number && Column("isFiring") == true)
      .fetchCount(db)
    let incident = try IncidentRow.find(id, in: db).incident
    guard firing == 0, incident.status == .open || incident.status == .reopened else {
      return false
    }
    let detail = "all alerts have ended; the cause is still to be found"
    try set(.mitigated, of: id, kind: .mitigated, detail, by: author, at: time, db)
    return true
  }

  private static func set(
    _ status: IncidentStatus,
    of id: IncidentID,
    kind: TimelineEvent.Kind,
    _ detail: String,
    by author: String,
    at time: Instant,
    _ db: Database
  ) throws {
    try db.execute(
      literal: "UPDATE incident SET status = \(status.rawValue) WHERE id = \(id.number)"
    )
    try SearchDocument.reindex(id, in: db)
    try touch(id, at: time, db)
    try add(TimelineEvent(at: time, author: author, kind: kind, detail: detail), to: id, db)
  }
}

/// A time that an alert fired, as table `alert` holds it.
private struct AlertRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "alert"

  let fingerprint: String
  let startsAt: Int64
  let incident: Int64
  let isFiring: Bool
  let lastSeen: Int64

  init(_ alert: AlertReport.Alert, incident: IncidentID, lastSeen: Instant) {
    self.fingerprint = alert.fingerprint
    self.startsAt = alert.startsAt.milliseconds
    self.incident = incident.number
    self.isFiring = alert.isFiring
    self.lastSeen = lastSeen.milliseconds
  }
}

/// The incident of a group, as table `alertGroup` holds it.
private struct AlertGroupRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "alertGroup"

  let key: String
  let incident: Int64
  let openedAt: Int64
}
