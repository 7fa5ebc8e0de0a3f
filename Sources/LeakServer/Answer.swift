import HTTPTypes
import Hummingbird
import LeakCasebook

/// What a handler answers: a status, the headers that belong to the body, and the body as text.
struct Answer: Sendable {
  /// A body that is made as it is fetched; an error breaks the answer off.
  typealias Pieces = any AsyncSequence<String, any Error> & Sendable

  var status: HTTPResponse.Status
  var headers: HTTPFields
  var body: String
  /// A long body in place of the other.
  var pieces: Pieces?

  /// Answers with a value as JSON, in the bytes that the command line prints: one line.
  static func json(
    _ value: some Encodable,
    status: HTTPResponse.Status = .ok,
    location: String? = nil
  ) throws -> Answer {
    var headers: HTTPFields = [.contentType: "application/json"]
    headers[.location] = location
    return Answer(status: status, headers: headers, body: try CanonicalJSON.text(value) + "\n")
  }

  /// Answers with text; the media type says its character set.
  static func text(_ body: String, mediaType: String) -> Answer {
    Answer(status: .ok, headers: [.contentType: mediaType], body: body)
  }

  /// The answer for those who must not be told an old state.
  var uncached: Answer {
    var answer = self
    answer.headers[.cacheControl] = "no-store"
    return answer
  }
}

/// The part of an answer that is kept under an idempotency key.
struct KeptAnswer: Codable, Equatable {
  let status: Int
  let mediaType: String?
  let location: String?
  let body: String

  init(_ answer: Answer) {
    self.status = answer.status.code
    self.mediaType = answer.headers[.contentType]
    self.location = answer.headers[.location]
    self.body = answer.body
  }

  var answer: Answer {
    var headers: HTTPFields = [:]
    headers[.contentType] = mediaType
    headers[.location] = location
    return Answer(status: HTTPResponse.Status(code: status), headers: headers, body: body)
  }
}
