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
    case .text(let text): quoted(harmless(text))
    case .list, .object: quoted(try CanonicalJSON.text(value))
    }
  }

  /// Text that a spreadsheet does not take for a formula.
  ///
  /// Source: OWASP, "CSV Injection": the characters that begin one.
  private static func harmless(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
      return text
    }
    return "'" + text
  }

  private static func quoted(_ text: String) -> String {
    let special: Set<UInt8> = [
      UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
    ]
    guard text.utf8.contains(where: special.contains) else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
