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
    guard let given = values[name] else {
      throw Problem(.badRequest, "parameter \"\(name)\" is missing")
    }
    let value = try Vocabulary.filled(given, field: name)
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

  /// Whether a parameter is `true`; without it, it is not.
  func flag(_ name: String) throws(Problem) -> Bool {
    switch values[name] {
    case nil, "false": return false
    case "true": return true
    case let text?:
      throw Problem(.badRequest, "parameter \"\(name)\" is true or false, not \"\(text)\"")
    }
  }

  /// A number of bytes: 1 to 2⁵³, which all readers of JSON can hold.
  func bytes(_ name: String) throws(Problem) -> Bytes? {
    guard let text = values[name] else { return nil }
    guard let count = Int64(text), (1...(1 << 53)).contains(count) else {
      throw Problem(.badRequest, "parameter \"\(name)\" is a number of bytes, not \"\(text)\"")
    }
    return Bytes(count)
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
    guard let label = Label(text) else {
      throw Problem(.badRequest, "parameter \"label\" is key=value, not \"\(text)\"")
    }
    return [label.key: label.value]
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

  /// Reads an incident's number.
  ///
  /// - Throws: `Problem` when the text is none: there is no incident under it.
  static func incident(_ text: String) throws(Problem) -> IncidentID {
    guard let id = IncidentID(text) else {
      throw Problem(.noSuchIncident, "there is no incident \"\(text)\": they are named as INC-12")
    }
    return id
  }

  /// A text with something to see in it.
  ///
  /// - Throws: `Problem` that names the field.
  static func filled(_ text: String, field: String) throws(Problem) -> String {
    guard text.unicodeScalars.contains(where: isVisible) else {
      throw Problem(.badRequest, "\"\(field)\" is empty")
    }
    // To the database a text ends there.
    guard !text.utf8.contains(0) else {
      throw Problem(.badRequest, "\"\(field)\" holds the character U+0000")
    }
    return text
  }

  /// Whether a character leaves a mark: neither a blank of any width nor a control character.
  ///
  /// What counts as a blank differs from language to language, so the API's description
  /// (`FilledText`) has the same list.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x20, 0x7F...0xA0, 0x1680, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x3000,
      0xFEFF:
      false
    default: true
    }
  }
}

extension Call {
  /// Who a change is by: whom the request names, or else whoever sends it.
  ///
  /// - Throws: `Problem` for a name in which there is nothing to see.
  func author(_ name: String?) throws(Problem) -> String {
    guard let name else { return principal.author }
    return try Vocabulary.filled(name, field: "author")
  }
}
