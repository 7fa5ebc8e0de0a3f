import Foundation
import Hummingbird

/// A JSON object of a request whose fields are all known.
protocol RequestFields: Decodable {
  associatedtype Field: CodingKey & CaseIterable
}

extension Call {
  /// Reads the body as a JSON object.
  ///
  /// - Throws: `Problem`: another media type, no JSON, an unknown field, one that is missing or
  ///   has another type; it names the field.
  func fields<Fields: RequestFields>(_ type: Fields.Type) throws(Problem) -> Fields {
    guard mediaType == "application/json" else {
      throw Problem(
        .unsupportedMediaType,
        "this path reads JSON: send the header \"content-type: application/json\""
      )
    }
    guard JSONDepth.isAtMost(jsonDepth, in: body.readableBytesView) else {
      throw Problem(.badRequest, "the JSON is nested deeper than \(jsonDepth) levels")
    }
    guard !JSONText.holdsNull(body.readableBytesView) else {
      throw Problem(.badRequest, "a text of the JSON holds the character U+0000")
    }
    let data = Data(body.readableBytesView)
    do {
      let decoder = JSONDecoder()
      let found = try decoder.decode(FieldNames.self, from: data)
      let names = found.names
      let known = Fields.Field.allCases.map(\.stringValue)
      if let unknown = names.filter({ !known.contains($0) }).min() {
        throw Problem(
          .unknownField,
          "there is no field \"\(unknown)\", only \(known.joined(separator: ", "))"
        )
      }
      // To the decoder null is as good as nothing, and whoever sends it believes that it does something.
      if let name = found.nulls.min() { throw Problem(.badRequest, "field \"\(name)\" is null") }
      return try decoder.decode(Fields.self, from: data)
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.badRequest, Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    func path(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        .joined(separator: ".")
    }
    return switch error {
    case DecodingError.keyNotFound(let key, _): "field \"\(key.stringValue)\" is missing"
    case DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty:
      "field \"\(path(context))\" is null"
    case DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty:
      "field \"\(path(context))\" has another type"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "field \"\(path(context))\" cannot be read"
    default: "the body is not a JSON object"
    }
  }
}

/// The names of an object's fields; what they hold is passed over.
private struct FieldNames: Decodable {
  let names: [String]
  /// Those that hold null.
  let nulls: [String]

  private struct AnyName: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init?(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AnyName.self)
    self.names = container.allKeys.map(\.stringValue)
    self.nulls = try container.allKeys.filter { try container.decodeNil(forKey: $0) }
      .map(\.stringValue)
  }
}
