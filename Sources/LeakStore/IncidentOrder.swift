import GRDB
import LeakModel

/// The order of a list of incidents; those that are equal in it stand in the order of their numbers.
package struct IncidentOrder: Sendable, Hashable, CustomStringConvertible {
  /// What is compared; the raw values are typed.
  package enum Key: String, Sendable, CaseIterable {
    case openedAt = "opened_at"
    case updatedAt = "updated_at"
    case severity
  }

  package let key: Key
  package let isDescending: Bool

  /// The last opened first.
  package static let newestFirst = IncidentOrder(key: .openedAt, isDescending: true)

  /// All orders there are.
  package static let all = Key.allCases.flatMap { key in
    [false, true].map { IncidentOrder(key: key, isDescending: $0) }
  }

  /// Reads `updated_at`, or `-updated_at` for the descending order; nil for an unknown key.
  package init?(_ text: String) {
    let isDescending = text.hasPrefix("-")
    guard let key = Key(rawValue: isDescending ? String(text.dropFirst()) : text) else {
      return nil
    }
    self.init(key: key, isDescending: isDescending)
  }

  private init(key: Key, isDescending: Bool) {
    self.key = key
    self.isDescending = isDescending
  }

  package var description: String { (isDescending ? "-" : "") + key.rawValue }

  /// The words of `ORDER BY`.
  var terms: SQL {
    switch (key, isDescending) {
    case (.openedAt, false): "incident.openedAt, incident.id"
    case (.openedAt, true): "incident.openedAt DESC, incident.id DESC"
    case (.updatedAt, false): "incident.updatedAt, incident.id"
    case (.updatedAt, true): "incident.updatedAt DESC, incident.id DESC"
    case (.severity, false): "incident.severity, incident.id"
    case (.severity, true): "incident.severity DESC, incident.id DESC"
    }
  }

  /// The condition that an incident comes behind a place in the list.
  func isBehind(_ cursor: Cursor) -> SQL {
    let sign: SQL = isDescending ? "<" : ">"
    return switch key {
    case .openedAt:
      "(incident.openedAt, incident.id) \(sign) (\(cursor.time), \(cursor.number))"
    case .updatedAt:
      "(incident.updatedAt, incident.id) \(sign) (\(cursor.time), \(cursor.number))"
    case .severity:
      "(incident.severity, incident.id) \(sign) (\("P\(cursor.time)"), \(cursor.number))"
    }
  }

  /// What of an incident is compared, as a number: milliseconds, or the digit of the severity.
  func value(of incident: Incident) -> Int64 {
    switch key {
    case .openedAt: incident.openedAt.milliseconds
    case .updatedAt: incident.updatedAt.milliseconds
    case .severity: Int64(incident.severity.rawValue.dropFirst()) ?? 0
    }
  }
}
