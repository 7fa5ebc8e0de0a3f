import LeakModel

/// Incidents as comma-separated values (RFC 4180), one a line below a head.
package enum IncidentCSV {
  /// The names of the columns; they are those of the JSON form.
  package static let head = line(
    [
      "id", "title", "service", "status", "severity", "opened_at", "updated_at", "cause", "fix",
      "commit", "case", "labels", "story",
    ]
  )

  /// One incident; labels as `key=value` with blanks between, what is not known is empty.
  package static func row(_ incident: IncidentSummary) -> String {
    let labels = incident.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return line(
      [
        incident.id, incident.title, incident.service, incident.status.rawValue,
        incident.severity.rawValue, incident.openedAt, incident.updatedAt,
        incident.cause?.rawValue ?? "", incident.fix ?? "", incident.commit ?? "",
        incident.importedCase ?? "", labels.joined(separator: " "), incident.story,
      ]
    )
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(CSVField.text).joined(separator: ",")
  }
}
