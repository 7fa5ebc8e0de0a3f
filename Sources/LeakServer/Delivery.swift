import GoFormats
import HTTPTypes
import Hummingbird
import LeakDiagnosis

/// The last steps of an answer: its tag, "you have it already", and compression.
struct Delivery: Sendable {
  let outbox: Outbox

  /// Below this many bytes compression costs more than it saves: one packet carries them anyway.
  private static let leastCompressed = 1_024
  /// Text at a third of its size for a tenth of the time that the last percents take.
  static let level: Int32 = 4

  /// Makes the response to a request.
  ///
  /// Answers to GET get a strong tag of their content unless they come with one or must not be
  /// kept. Source: RFC 9110, sections 8.8.3, 12.5.3 and 13.1.2.
  ///
  /// - Throws: `Problem` of kind busy when too many long answers wait to be fetched.
  func response(to request: Request, _ answer: Answer) throws(Problem) -> Response {
    if let pieces = answer.pieces { return response(to: request, answer, pieces) }
    var headers = answer.headers
    let bytes = Array(answer.body.utf8)
    let isReading = request.method == .get || request.method == .head
    guard isReading, answer.status == .ok, headers[.cacheControl] == nil else {
      return Response(status: answer.status, headers: headers, body: try outbox.body(bytes))
    }
    let content = headers[.eTag] ?? answer.contentTag
    let isLong = bytes.count >= Self.leastCompressed
    let isCompressed = isLong && Self.accepts("gzip", request.headers[.acceptEncoding])
    // Another encoding is another representation, and a strong tag must tell them apart.
    headers[.eTag] = isCompressed ? content.dropLast() + "-gzip\"" : content
    headers.allowKeeping()
    if let unchanged = Self.unchanged(request, headers, tag: content) { return unchanged }
    guard isCompressed, let compressed = GzipWriter.compress(bytes, level: Self.level) else {
      headers[.eTag] = content
      return Response(status: .ok, headers: headers, body: try outbox.body(bytes))
    }
    headers[.contentEncoding] = "gzip"
    return Response(status: .ok, headers: headers, body: try outbox.body(compressed))
  }

  /// The response to a client that has this already; nil for others.
  static func unchanged(_ request: Request, _ headers: HTTPFields, tag: String?) -> Response? {
    guard let known = request.headers[.ifNoneMatch], let tag, matches(known, tag) else {
      return nil
    }
    var headers = headers
    headers[.contentType] = nil
    return Response(status: .notModified, headers: headers)
  }

  /// Whether a list of tags, or `*`, names a tag, in whichever encoding and however weakly.
  static func matches(_ list: String, _ tag: String) -> Bool {
    func strong(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
    let tag = strong(tag)
    return list.split(separator: ",").contains { item in
      let item = strong(item.filter { $0 != " " })
      return item == "*" || item == tag || item == tag.dropLast() + "-gzip\""
    }
  }

  /// Whether an `Accept-Encoding` header lets a coding through.
  static func accepts(_ coding: String, _ header: String?) -> Bool {
    var isAccepted = false
    for choice in Preference.list(header ?? "") where choice.weight > 0 || choice.name == coding {
      if choice.name == coding { return choice.weight > 0 }
      if choice.name == "*" { isAccepted = true }
    }
    return isAccepted
  }
}

extension HTTPFields {
  /// Whoever may read the answer may keep it, and must ask each time whether it still holds.
  mutating func allowKeeping() {
    self[.cacheControl] = "private, no-cache"
    self[.vary] = (self[.vary].map { "\($0), " } ?? "Accept, ") + "Accept-Encoding"
  }
}

extension Answer {
  /// A strong tag of the body.
  var contentTag: String { "\"\(ContentHash.sha256(Array(body.utf8)).prefix(32))\"" }
}

/// One choice of an `Accept…` header with its weight.
///
/// Shape of the header: `gzip;q=0.8, br, *;q=0`. Source: RFC 9110, section 12.4.2.
struct Preference: Equatable {
  /// In lower case, without parameters.
  let name: String
  /// 0 to 1; 0 means not at all.
  let weight: Double

  /// The choices in the order of the header.
  static func list(_ header: String) -> [Preference] {
    header.split(separator: ",").compactMap { choice in
      let parts = choice.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
      guard let name = parts.first, !name.isEmpty else { return nil }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      return Preference(name: name, weight: weight ?? 1)
    }
  }
}
