import HTTPTypes
import Hummingbird
import Logging

/// One thing that the server does: a method, a path, and who answers.
struct Route: Sendable {
  typealias Handler = @Sendable (Call) async throws -> Answer

  let method: HTTPRequest.Method
  let path: RouterPath
  let intake: Intake
  let handle: Handler

  /// How much of a body a route takes in.
  enum Intake: Sendable {
    case nothing
    case json
    case upload
  }

  static func get(_ path: RouterPath, _ handle: @escaping Handler) -> Route {
    Route(method: .get, path: path, intake: .nothing, handle: handle)
  }

  static func post(
    _ path: RouterPath,
    takes intake: Intake,
    _ handle: @escaping Handler
  ) -> Route {
    Route(method: .post, path: path, intake: intake, handle: handle)
  }

  static func patch(_ path: RouterPath, _ handle: @escaping Handler) -> Route {
    Route(method: .patch, path: path, intake: .json, handle: handle)
  }

  /// Whether a path as requested is one of the route's.
  func matches(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    return parts.count == self.path.components.count
      && zip(self.path.components, parts).allSatisfy { $0 ~= $1 }
  }
}

/// A request with its body read.
struct Call: Sendable {
  let head: HTTPRequest
  let parameters: Parameters
  let query: Query
  let body: ByteBuffer
  let logger: Logger

  /// The body's bytes.
  var bytes: [UInt8] { Array(body.readableBytesView) }

  func header(_ name: HTTPField.Name) -> String? { head.headerFields[name] }

  /// The body's kind without parameters, in lower case; empty when the request does not say.
  var mediaType: String {
    let value = header(.contentType) ?? ""
    return value.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
  }
}

extension Sequence<Route> {
  /// The methods that a path has, in the order of the alphabet; empty for an unknown path.
  func methods(at path: String) -> [String] {
    let methods = Set(filter { $0.matches(path) }.map(\.method))
    let all = methods.contains(.get) ? methods.union([.head]) : methods
    return all.map(\.rawValue).sorted()
  }
}
