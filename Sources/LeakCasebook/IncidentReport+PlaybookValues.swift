package import LeakModel

extension IncidentReport {
  /// What the incident knows of the words that stand between double braces in a cause's playbook.
  ///
  /// The function is that of the verdict on this cause, and the limit the one its forecast rests
  /// on; what is not known is left out.
  package func playbookValues(for cause: Cause) -> [String: String] {
    var values = incident.labels
    values["service"] = incident.service
    guard let diagnosis else { return values }
    let verdict = diagnosis.verdicts.first { $0.cause == cause }
    values["culprit"] = verdict?.culprit?.function
    values["rss"] = diagnosis.breakdown.map { Bytes($0.rss).description }
    values["limit"] = diagnosis.forecast?.limit.map { Bytes(Int64($0)).description }
    return values
  }
}
