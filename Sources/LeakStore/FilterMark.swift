import LeakModel

/// Something that a filter asks for, which the word index holds like a word: so a rare value finds
/// its incidents, however many others have the words.
struct FilterMark {
  /// A word that no text has: letters, digits and `_` make those.
  let word: String

  private init(_ kind: String, _ value: String) { word = ":\(kind) \(value)" }

  static func service(_ name: String) -> FilterMark { FilterMark("service", name) }
  static func status(_ status: IncidentStatus) -> FilterMark {
    FilterMark("status", status.rawValue)
  }
  static func severity(_ severity: Severity) -> FilterMark {
    FilterMark("severity", severity.rawValue)
  }
  static func cause(_ cause: Cause) -> FilterMark { FilterMark("cause", cause.rawValue) }
  static func label(_ name: String, _ value: String) -> FilterMark {
    FilterMark("label", "\(name)=\(value)")
  }

  /// What an incident is found by.
  ///
  /// - Parameters:
  ///   - incident: The incident.
  ///   - cause: The cause a person settled, else that of the latest verdict.
  /// - Returns: Its marks, in no order.
  static func all(of incident: Incident, cause: Cause?) -> [FilterMark] {
    [.service(incident.service), .status(incident.status), .severity(incident.severity)]
      + [cause].compactMap { $0 }.map(FilterMark.cause)
      + incident.labels.map { FilterMark.label($0.key, $0.value) }
  }
}
