import Foundation

/// The labels of an incident as table `incident` holds them: a JSON object of texts.
enum LabelText {
  /// Reads an object.
  ///
  /// A look for the like reads hundreds, and nearly all are plain, without a backslash: these take a
  /// hundredth of the time that a decoder needs to be set up.
  ///
  /// - Throws: `DecodingError` for what is no object of texts.
  static func read(_ text: String) throws -> [String: String] {
    try plain(text.utf8)
      ?? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
  }

  /// The labels of an object without blanks and backslashes; nil for any other text.
  private static func plain(_ text: String.UTF8View) -> [String: String]? {
    guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}"),
      !text.contains(UInt8(ascii: "\\"))
    else { return nil }
    // Between quotes stands a text, and before and after it `{`, `:`, `,` and `}`.
    let pieces = text.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    guard pieces.count % 4 == 1 else { return text.count == 2 ? [:] : nil }
    var labels: [String: String] = [:]
    for place in stride(from: 1, to: pieces.count - 1, by: 4) {
      guard pieces[place + 1].elementsEqual(":".utf8),
        pieces[place + 3].elementsEqual((place + 4 == pieces.count ? "}" : ",").utf8),
        let name = String(pieces[place]), let value = String(pieces[place + 2])
      else { return nil }
      labels[name] = value
    }
    return labels
  }
}
