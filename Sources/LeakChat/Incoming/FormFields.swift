import Foundation

/// A form as browsers encode it: `name=value&name=value`, `+` a blank, `%41` a byte in hex.
struct FormFields: Equatable {
  private var values: [String: String] = [:]

  /// Reads a form; nil for escapes that are no UTF-8 text.
  ///
  /// Of a name given twice the first counts.
  init?(_ body: [UInt8]) {
    guard let text = String(validating: body, as: UTF8.self) else { return nil }
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Self.decoded(parts[0]),
        let value = Self.decoded(parts.dropFirst().first ?? "")
      else { return nil }
      values[name] = values[name] ?? value
    }
  }

  subscript(name: String) -> String? { values[name] }

  private static func decoded(_ text: Substring) -> String? {
    String(text.replacing("+", with: " ")).removingPercentEncoding
  }
}
