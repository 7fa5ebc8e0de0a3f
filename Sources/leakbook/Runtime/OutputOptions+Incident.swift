import LeakCasebook
import LeakModel

extension OutputOptions {
  /// Shows an incident that was changed: its number, and what has become of it.
  func show(_ incident: Incident, saying what: String) throws {
    if json {
      try Console.show(verbatim: CanonicalJSON.text(IncidentSummary(incident)))
    } else {
      try Console.show(["\(incident.id) \(what)"], terminal)
    }
  }
}
