import GRDB
import LeakModel

/// An incident as table `incident` holds it.
struct IncidentRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "incident"

  let id: Int64
  let title: String
  let service: String
  let status: IncidentStatus
  let severity: Severity
  let story: String
  let openedAt: Int64
  let updatedAt: Int64
  let cause: Cause?
  let fix: String?
  let fixCommit: String?
  let importedCase: String?
  /// Stored as a JSON object.
  let labels: [String: String]
  let isSeverityGiven: Bool

  init(_ incident: Incident) {
    self.id = incident.id.number
    self.title = incident.title
    self.service = incident.service
    self.status = incident.status
    self.severity = incident.severity
    self.story = incident.story
    self.openedAt = incident.openedAt.milliseconds
    self.updatedAt = incident.updatedAt.milliseconds
    self.cause = incident.cause
    self.fix = incident.fix
    self.fixCommit = incident.fixCommit
    self.importedCase = incident.importedCase
    self.labels = incident.labels
    self.isSeverityGiven = incident.isSeverityGiven
  }

  /// Reads a row by the places of its columns: a search reads twenty, a look for the like hundreds,
  /// and finding columns by name takes longer than all the rest.
  init(row: Row) throws {
    id = row[0]
    title = row[1]
    service = row[2]
    status = try Self.known(row[3])
    severity = try Self.known(row[4])
    story = row[5]
    openedAt = row[6]
    updatedAt = row[7]
    cause = try (row[8] as String?).map(Self.known)
    fix = row[9]
    fixCommit = row[10]
    importedCase = row[11]
    labels = try LabelText.read(row[12])
    isSeverityGiven = row[13]
  }

  private static func known<Value: RawRepresentable<String>>(_ text: String) throws -> Value {
    guard let value = Value(rawValue: text) else {
      throw StoreError.corrupt(detail: "an incident holds \"\(text)\", which is no \(Value.self)")
    }
    return value
  }

  var incident: Incident {
    Incident(
      id: IncidentID(number: id),
      title: title,
      service: service,
      status: status,
      severity: severity,
      isSeverityGiven: isSeverityGiven,
      story: story,
      openedAt: Instant(milliseconds: openedAt),
      updatedAt: Instant(milliseconds: updatedAt),
      cause: cause,
      fix: fix,
      fixCommit: fixCommit,
      importedCase: importedCase,
      labels: labels
    )
  }

  /// Fetches one incident by its number.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  static func find(_ id: IncidentID, in db: Database) throws -> IncidentRow {
    let statement = try db.cachedStatement(sql: "SELECT * FROM incident WHERE id = ?")
    guard let row = try fetchOne(statement, arguments: [id.number]) else {
      throw StoreError.noSuchIncident(id)
    }
    return row
  }
}
