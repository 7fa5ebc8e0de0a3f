import LeakCasebook
import LeakChat

/// Rows of values as comma-separated text.
///
/// Source: RFC 4180.
enum CSVText {
  /// The line that names the columns.
  static func header(_ columns: [String]) -> String { columns.joined(separator: ",") + "\r\n" }

  /// A line for each row; lines end in CR LF.
  static func rows(_ columns: [String], _ rows: [JSONValue]) throws -> String {
    try rows.map { row in
      try columns.map { try field(row[$0]) }.joined(separator: ",") + "\r\n"
    }
    .joined()
  }

  /// A value as a field; lists and objects as their JSON, null as nothing.
  static func field(_ value: JSONValue) throws -> String {
    switch value {
    case .null: ""
    case .bool, .integer, .number: try CanonicalJSON.text(value)
    case .text(let text): CSVField.text(text)
    case .list, .object: CSVField.quoted(try CanonicalJSON.text(value))
    }
  }
}
