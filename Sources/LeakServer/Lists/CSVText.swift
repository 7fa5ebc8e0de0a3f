import LeakCasebook

/// Rows of values as comma-separated text.
///
/// Source: RFC 4180.
enum CSVText {
  /// A header and a line for each row; lines end in CR LF.
  static func text(_ columns: [String], _ rows: [AnyJSON]) throws -> String {
    let lines = try rows.map { row in
      try columns.map { try field(row[$0]) }.joined(separator: ",")
    }
    return ([columns.joined(separator: ",")] + lines).map { $0 + "\r\n" }.joined()
  }

  /// A value as a field; lists and objects as their JSON, null as nothing.
  static func field(_ value: AnyJSON) throws -> String {
    switch value {
    case .null: ""
    case .bool, .integer, .number: try CanonicalJSON.text(value)
    case .text(let text): CSVField.text(text)
    case .list, .object: CSVField.quoted(try CanonicalJSON.text(value))
    }
  }
}
