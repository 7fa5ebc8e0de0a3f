import Foundation
import LeakCasebook

/// Any JSON, for picking fields of what is answered whatever its type.
enum AnyJSON: Codable, Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([AnyJSON])
  case object([String: AnyJSON])

  /// The JSON of a value.
  init(encoding value: some Encodable) throws {
    self = try CanonicalJSON.read(AnyJSON.self, from: try CanonicalJSON.text(value))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([AnyJSON].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: AnyJSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The number; nil for anything else.
  var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// A field of an object; null when there is none.
  subscript(name: String) -> AnyJSON {
    if case .object(let fields) = self { fields[name] ?? .null } else { .null }
  }

  /// An object with some of its fields only; anything else as it is.
  func picking(_ names: [String]) -> AnyJSON {
    guard case .object(let fields) = self else { return self }
    return .object(fields.filter { names.contains($0.key) })
  }

  /// An object with a field set; anything else as it is.
  func setting(_ name: String, to value: AnyJSON) -> AnyJSON {
    guard case .object(let fields) = self else { return self }
    return .object(fields.merging([name: value]) { $1 })
  }
}
