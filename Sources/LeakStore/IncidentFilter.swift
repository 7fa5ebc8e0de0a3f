import GRDB
package import LeakModel

/// Which incidents to list; each part that is not nil must hold.
package struct IncidentFilter: Sendable, Equatable {
  package var service: String?
  /// The cause a person settled; where none did, that of the latest verdict.
  package var cause: Cause?
  package var status: IncidentStatus?
  package var severity: Severity?
  /// The earliest opening time.
  package var since: Instant?
  /// The opening time from which on incidents are left out.
  package var until: Instant?
  /// Labels that must be there with these values.
  package var labels: [String: String]
  /// A function, or part of its name, in a stack of the evidence; words as in a search.
  package var frame: String?

  package init(
    service: String? = nil,
    cause: Cause? = nil,
    status: IncidentStatus? = nil,
    severity: Severity? = nil,
    since: Instant? = nil,
    until: Instant? = nil,
    labels: [String: String] = [:],
    frame: String? = nil
  ) {
    self.service = service
    self.cause = cause
    self.status = status
    self.severity = severity
    self.since = since
    self.until = until
    self.labels = labels
    self.frame = frame
  }

  /// The conditions on table `incident`, each in SQL; all must hold.
  var conditions: [SQL] {
    var conditions: [SQL] = []
    if let service { conditions.append("incident.service = \(service)") }
    if let status { conditions.append("incident.status = \(status.rawValue)") }
    if let severity { conditions.append("incident.severity = \(severity.rawValue)") }
    if let since { conditions.append("incident.openedAt >= \(since.milliseconds)") }
    if let until { conditions.append("incident.openedAt < \(until.milliseconds)") }
    if let cause {
      conditions.append(
        """
        \(cause.rawValue) = ifnull(incident.cause, (
          SELECT verdict.cause
          FROM verdict
          WHERE verdict.incident = incident.id
          ORDER BY verdict.id DESC
          LIMIT 1
        ))
        """
      )
    }
    for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
      conditions.append(
        """
        EXISTS (
          SELECT 1
          FROM json_each(incident.labels) AS label
          WHERE label.key = \(name)
            AND label.value = \(value)
        )
        """
      )
    }
    if let frame { conditions.append(Self.hasFrame(frame)) }
    return conditions
  }

  /// The condition that a function is in the stacks; a text without a word is in none.
  private static func hasFrame(_ text: String) -> SQL {
    guard let pattern = SearchTerm(text: text, kind: .words).pattern else { return "FALSE" }
    return """
      incident.id IN (
        SELECT rowid
        FROM incidentSearch
        WHERE incidentSearch MATCH \("{frames} : (\(pattern))")
      )
      """
  }
}
