/// Canonical JSON put together from texts, where an encoder's way round would cost too much.
enum JSONText {
  /// A field of an object: its name, plain ASCII, and its value as JSON.
  typealias Member = (name: String, json: String)

  static let null = "null"

  /// A text in quotes.
  static func text(_ text: String) throws -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    guard isPlain else { return try CanonicalJSON.text(text) }
    var quoted = "\""
    quoted += text
    quoted += "\""
    return quoted
  }

  /// A text in quotes, or null.
  static func text(_ text: String?) throws -> String { try text.map { try self.text($0) } ?? null }

  static func list(_ items: [String]) -> String { "[\(items.joined(separator: ","))]" }

  /// An object with its fields in the order of their names.
  static func object(_ members: [Member]) -> String {
    var object = "{"
    for (name, json) in members.sorted(by: { $0.name < $1.name }) {
      object += object.utf8.count == 1 ? "\"" : ",\""
      object += name
      object += "\":"
      object += json
    }
    object += "}"
    return object
  }
}
