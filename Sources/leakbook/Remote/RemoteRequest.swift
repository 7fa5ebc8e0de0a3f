import Foundation
import LeakCasebook
import LeakDiagnosis

/// One request to a leakbook server.
struct RemoteRequest {
  let method: String
  let path: String
  var query: [(String, String)] = []
  /// The body and its media type.
  var body: (bytes: [UInt8], type: String)?
  /// How a list is asked for.
  var accept = "application/json"

  static func get(
    _ path: String,
    _ query: [(String, String?)] = [],
    asLines: Bool = false
  ) -> RemoteRequest {
    RemoteRequest(
      method: "GET",
      path: path,
      query: query.compactMap { name, value in value.map { (name, $0) } },
      accept: asLines ? "application/x-ndjson" : "application/json"
    )
  }

  static func delete(_ path: String, _ query: [(String, String)]) -> RemoteRequest {
    RemoteRequest(method: "DELETE", path: path, query: query)
  }

  /// A request with fields as JSON; those without a value are left out.
  static func json(
    _ method: String,
    _ path: String,
    _ fields: [String: String?],
    labels: [String: String?] = [:]
  ) throws -> RemoteRequest {
    let body = RemoteFields(texts: fields.compactMapValues { $0 }, labels: labels)
    return RemoteRequest(
      method: method,
      path: path,
      body: (Array(try CanonicalJSON.text(body).utf8), "application/json")
    )
  }

  /// A request with files as a form.
  ///
  /// Source: RFC 7578.
  static func form(
    _ path: String,
    _ files: [EvidenceFile],
    _ query: [(String, String?)],
    asLines: Bool = false
  ) -> RemoteRequest {
    let boundary = "leakbook-\(UUID().uuidString)"
    var bytes: [UInt8] = []
    for file in files {
      let name = file.source.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .filter { !$0.isNewline }
      let head =
        "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n"
      bytes += Array(head.utf8) + file.bytes + Array("\r\n".utf8)
    }
    bytes += Array("--\(boundary)--\r\n".utf8)
    return RemoteRequest(
      method: "POST",
      path: path,
      query: query.compactMap { name, value in value.map { (name, $0) } },
      body: (bytes, "multipart/form-data; boundary=\(boundary)"),
      accept: asLines ? "application/x-ndjson" : "application/json"
    )
  }

  /// Path and query as they stand in a URL.
  var target: String {
    guard !query.isEmpty else { return path }
    return path + "?" + query.map { "\($0)=\(Self.escaped($1))" }.joined(separator: "&")
  }

  private static func escaped(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}

/// The fields of a request: texts, and labels where there are any.
private struct RemoteFields: Encodable {
  let texts: [String: String]
  /// Those without a value are taken away.
  let labels: [String: String?]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    for (name, text) in texts { try container.encode(text, forKey: NameKey(name)) }
    if !labels.isEmpty { try container.encode(labels, forKey: NameKey("labels")) }
  }
}
