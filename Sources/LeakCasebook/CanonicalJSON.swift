import Foundation

/// JSON as leakbook writes it: keys sorted, slashes plain, so that equal values are equal bytes.
package enum CanonicalJSON {
  /// The JSON of a value, on one line, without a line end.
  package static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The value that some JSON describes.
  package static func read<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value
  {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
