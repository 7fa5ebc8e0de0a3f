import HTTPTypes
import Hummingbird
import LeakModel

/// Why a request was refused, as RFC 9457 writes it.
struct Problem: Error, Equatable {
  /// What can go wrong; the raw values are the ends of the problems' types.
  enum Kind: String, CaseIterable {
    case badRequest = "bad-request"
    case unknownField = "unknown-field"
    case noSuchIncident = "no-such-incident"
    case noSuchPlaybook = "no-such-playbook"
    case noSuchPath = "no-such-path"
    case methodNotAllowed = "method-not-allowed"
    case noSuchService = "no-such-service"
    case unauthorized
    case forbidden
    case foreignOrigin = "foreign-origin"
    case badSignature = "bad-signature"
    case notConfigured = "not-configured"
    case notAcceptable = "not-acceptable"
    case preconditionFailed = "precondition-failed"
    case conflict
    case requestUnderWay = "request-under-way"
    case requestCutOff = "request-cut-off"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case wrongHost = "wrong-host"
    case nothingRecognised = "nothing-recognised"
    case keyReused = "key-reused"
    case tooManyRequests = "too-many-requests"
    case internalError = "internal-error"
    case busy
    case storeUnavailable = "store-unavailable"
    case diskFull = "disk-full"
  }

  let kind: Kind
  /// What was found and what to do, as a sentence for a person.
  let detail: String
  /// The files that were not recognised, for `nothingRecognised`.
  var ignored: [IgnoredFile] = []
  /// Headers that say more, such as `Allow` or `Retry-After`.
  var headers: HTTPFields = [:]

  init(_ kind: Kind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  /// The answer that tells of the problem; the request's number leads to what the log tells.
  func answer(requestID: String) throws -> Answer {
    let document = Document(
      type: "urn:leakbook:problem:\(kind.rawValue)",
      title: kind.title,
      status: kind.status.code,
      detail: detail,
      instance: requestID,
      ignored: ignored.isEmpty ? nil : ignored
    )
    var answer = try Answer.json(document, status: kind.status)
    answer.headers[.contentType] = "application/problem+json"
    if kind == .busy { answer.headers[.retryAfter] = "1" }
    answer.headers.append(contentsOf: headers)
    return answer
  }

  private struct Document: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let ignored: [IgnoredFile]?
  }
}

extension Problem.Kind {
  var status: HTTPResponse.Status {
    switch self {
    case .badRequest, .unknownField: .badRequest
    case .unauthorized, .badSignature: .unauthorized
    case .forbidden, .foreignOrigin, .notConfigured: .forbidden
    case .noSuchIncident, .noSuchPlaybook, .noSuchService, .noSuchPath: .notFound
    case .notAcceptable: .notAcceptable
    case .preconditionFailed: .preconditionFailed
    case .methodNotAllowed: .methodNotAllowed
    case .conflict, .requestUnderWay, .requestCutOff: .conflict
    case .tooLarge: .contentTooLarge
    case .unsupportedMediaType: .unsupportedMediaType
    case .wrongHost: .misdirectedRequest
    case .nothingRecognised, .keyReused: .unprocessableContent
    case .tooManyRequests: .tooManyRequests
    case .internalError: .internalServerError
    case .busy, .storeUnavailable: .serviceUnavailable
    case .diskFull: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
    }
  }

  /// The same for every problem of the kind.
  var title: String {
    switch self {
    case .badRequest: "The request cannot be understood"
    case .unknownField: "The request has an unknown field"
    case .noSuchIncident: "There is no such incident"
    case .noSuchPlaybook: "There is no such playbook"
    case .noSuchService: "There is no such service"
    case .noSuchPath: "There is nothing at this path"
    case .unauthorized: "A valid token is needed"
    case .forbidden: "The token does not allow this"
    case .notAcceptable: "The answer cannot be given in any form asked for"
    case .preconditionFailed: "It has been changed meanwhile"
    case .tooManyRequests: "Too many requests"
    case .methodNotAllowed: "The path does not have this method"
    case .foreignOrigin: "Pages of other sites may not write here"
    case .badSignature: "The signature does not fit the request"
    case .notConfigured: "This is not set up on the server"
    case .conflict: "The state of things does not allow this"
    case .requestUnderWay: "The same request is still under way"
    case .requestCutOff: "The same request was cut off before"
    case .tooLarge: "The body is too large"
    case .unsupportedMediaType: "The body is of a kind that is not read here"
    case .wrongHost: "The request is meant for another host"
    case .nothingRecognised: "Nothing in the body is a capture"
    case .keyReused: "The idempotency key belongs to another request"
    case .internalError: "Something went wrong inside leakbook"
    case .busy: "The server is busy"
    case .storeUnavailable: "The database cannot be used"
    case .diskFull: "The disk is full"
    }
  }
}
