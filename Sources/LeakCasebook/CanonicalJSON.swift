import Foundation

/// JSON as leakbook writes it: keys sorted, slashes plain, so that equal values are equal bytes.
package enum CanonicalJSON {
  /// The JSON of a value, on one line, without a line end.
  package static func text(_ value: some Encodable) throws -> String {
    String(decoding: try encoded(value), as: UTF8.self)
  }

  private static func encoded(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value))
  }

  /// The JSON of an object with further fields, whose JSON is known already.
  ///
  /// - Parameters:
  ///   - value: Encodes to an object.
  ///   - fields: What its own fields do not have, by names that are plain ASCII, as canonical JSON.
  /// - Returns: The object on one line, its keys sorted.
  /// - Throws: What the encoder throws.
  package static func text(
    _ value: some Encodable,
    adding fields: [String: String]
  ) throws -> String {
    var rest = fields.sorted { $0.key > $1.key }
    var bytes: [UInt8] = []
    for member in members(of: try encoded(value)) {
      // The quote behind a name is less than all that a name has.
      while let next = rest.last, "\"\(next.key)\"".utf8.lexicographicallyPrecedes(member) {
        bytes += "\"\(next.key)\":\(next.value),".utf8
        rest.removeLast()
      }
      bytes += member + [UInt8(ascii: ",")]
    }
    for (name, json) in rest.reversed() { bytes += "\"\(name)\":\(json),".utf8 }
    return "{" + String(decoding: bytes.dropLast(), as: UTF8.self) + "}"
  }

  /// The members of an object with their names, each as it is written.
  private static func members(of object: [UInt8]) -> [ArraySlice<UInt8>] {
    var members: [ArraySlice<UInt8>] = []
    var (depth, isInText, isEscaped, start) = (0, false, false, 1)
    for (index, byte) in object.enumerated() {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "\""): isInText.toggle()
      case _ where isInText: break
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ",") where depth == 1:
        members.append(object[start..<index])
        start = index + 1
      default: break
      }
    }
    let last = object[start...].dropLast()
    return last.isEmpty ? members : members + [last]
  }

  /// The value that some JSON describes.
  package static func read<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value
  {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
