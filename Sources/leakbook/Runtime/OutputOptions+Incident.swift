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

  /// Shows what was found in the evidence of an incident that was logged or got more.
  func show(_ logged: Logged, _ rules: RuleOptions) throws {
    guard !json else {
      return try Console.show(verbatim: CanonicalJSON.text(LoggedDocument(logged)))
    }
    let terminal = terminal
    let report = LoggedReport(
      logged,
      rulebook: try rules.rulebook(),
      language: language,
      now: Environment.now()
    )
    try Console.show(report.lines(width: terminal.width), terminal)
  }
}
