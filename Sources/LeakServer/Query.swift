import Foundation
import LeakModel
import LeakStore

/// The parameters behind a URL's question mark.
struct Query: Sendable, Equatable {
  private var values: [String: String] = [:]

  /// Reads `name=value&name=value`, where `+` is a blank and `%41` a byte in hex.
  ///
  /// - Throws: `Problem` for bad escapes and for a name that stands twice.
  init(_ text: String?) throws(Problem) {
    for pair in (text ?? "").split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(parts[0])
      let value = try Self.decoded(parts.count > 1 ? parts[1] : "")
      guard values.updateValue(value, forKey: name) == nil else {
        throw Problem(.badRequest, "parameter \"\(name)\" stands twice")
      }
    }
  }

  /// Refuses parameters that a route does not know.
  ///
  /// - Throws: `Problem` that names the unknown parameter and the known ones.
  func allow(_ names: String...) throws(Problem) {
    guard let unknown = values.keys.filter({ !names.contains($0) }).min() else { return }
    let known = names.isEmpty ? "none" : names.joined(separator: ", ")
    throw Problem(.unknownField, "there is no parameter \"\(unknown)\", only \(known)")
  }

  subscript(name: String) -> String? { values[name] }

  /// All parameters by their names.
  var all: [String: String] { values }

  /// A parameter that must be there and not blank, of at most so many characters.
  func required(_ name: String, most: Int) throws(Problem) -> String {
    guard let value = values[name], value.contains(where: { !$0.isWhitespace }) else {
      throw Problem(.badRequest, "parameter \"\(name)\" is missing or empty")
    }
    guard value.unicodeScalars.count <= most else {
      throw Problem(.badRequest, "parameter \"\(name)\" is longer than \(most) characters")
    }
    return value
  }

  /// How many items to answer with: 1 to 200, or to what a list allows.
  func limit(orElse standard: Int, most: Int = 200) throws(Problem) -> Int {
    guard let text = values["limit"] else { return standard }
    guard let limit = Int(text), (1...most).contains(limit) else {
      throw Problem(
        .badRequest,
        "parameter \"limit\" is a number from 1 to \(most), not \"\(text)\""
      )
    }
    return limit
  }

  /// Whether something is asked for with `true`; not without the parameter.
  func flag(_ name: String) throws(Problem) -> Bool {
    guard let text = values[name] else { return false }
    guard let flag = Bool(text) else {
      throw Problem(.badRequest, "parameter \"\(name)\" is true or false, not \"\(text)\"")
    }
    return flag
  }

  /// The order of a list of incidents; the newest first when the query does not say.
  func order() throws(Problem) -> IncidentOrder {
    guard let text = values["sort"] else { return .newestFirst }
    guard let order = IncidentOrder(text) else {
      let known = IncidentOrder.all.map(\.description).joined(separator: ", ")
      throw Problem(.badRequest, "parameter \"sort\" is one of \(known), not \"\(text)\"")
    }
    return order
  }

  /// Where a page of incidents begins; nil for the first.
  func cursor(in order: IncidentOrder) throws(Problem) -> Cursor? {
    guard let text = values["after"] else { return nil }
    guard let cursor = Cursor(text) else {
      throw Problem(.badRequest, "parameter \"after\" is the \"next\" of an earlier page")
    }
    guard cursor.order == order else {
      throw Problem(.conflict, "parameter \"after\" is of a list in the order \(cursor.order)")
    }
    return cursor
  }

  /// The label that `label=key=value` asks for.
  func label() throws(Problem) -> [String: String] {
    guard let text = values["label"] else { return [:] }
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw Problem(.badRequest, "parameter \"label\" is key=value, not \"\(text)\"")
    }
    return [String(text[..<equals]): String(text[text.index(after: equals)...])]
  }

  /// A time as RFC 3339.
  func time(_ name: String) throws(Problem) -> Instant? {
    guard let text = values[name] else { return nil }
    return try Vocabulary.time(text, field: name)
  }

  /// A word of a closed vocabulary.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String,
    of type: Word.Type
  ) throws(Problem) -> Word? {
    guard let text = values[name] else { return nil }
    return try Vocabulary.word(text, of: type, field: name)
  }

  private static func decoded(_ text: Substring) throws(Problem) -> String {
    let spaced = text.replacing("+", with: " ")
    guard let decoded = String(spaced).removingPercentEncoding else {
      throw Problem(.badRequest, "the query has an escape that is no UTF-8 text")
    }
    return decoded
  }
}

/// Reading of single values, the same from a query and from JSON.
enum Vocabulary {
  /// Reads a time as RFC 3339 with its offset.
  ///
  /// - Throws: `Problem` that names the field.
  static func time(_ text: String, field: String) throws(Problem) -> Instant {
    guard let time = Instant(text) else {
      throw Problem(
        .badRequest,
        "\"\(field)\" is a time such as 2026-11-20T03:00:00Z, not \"\(text)\""
      )
    }
    return time
  }

  /// Reads a word of a closed vocabulary.
  ///
  /// - Throws: `Problem` that names the field and the known words.
  static func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String,
    of type: Word.Type,
    field: String
  ) throws(Problem) -> Word {
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.badRequest, "\"\(field)\" is one of \(known), not \"\(text)\"")
    }
    return word
  }

  /// A text with something other than blanks in it.
  ///
  /// - Throws: `Problem` that names the field.
  static func filled(_ text: String, field: String) throws(Problem) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Problem(.badRequest, "\"\(field)\" is empty")
    }
    // To the database a text ends there.
    guard !text.utf8.contains(0) else {
      throw Problem(.badRequest, "\"\(field)\" holds the character U+0000")
    }
    return text
  }
}
