/// Text as a field of comma-separated values (RFC 4180).
package enum CSVField {
  /// A field that no spreadsheet takes for a formula; in quotes where it has a comma, a quote or a
  /// line end.
  package static func text(_ text: String) -> String { quoted(harmless(text)) }

  /// A field as it is, in quotes where it needs them.
  package static func quoted(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [44, 34, 10, 13].contains($0) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  /// Source: OWASP, "CSV Injection": the characters that begin a formula.
  private static func harmless(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
      return text
    }
    return "'" + text
  }
}
