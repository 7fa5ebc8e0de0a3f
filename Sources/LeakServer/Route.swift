import HTTPTypes
import Hummingbird
import Logging

/// One thing that the server does: a method, a path, for whom, and who answers.
struct Route: Sendable {
  typealias Handler = @Sendable (Call) async throws -> Answer

  let method: HTTPRequest.Method
  let path: RouterPath
  let access: Access
  let intake: Intake
  let handle: Handler

  /// How much of a body a route takes in, and what it needs besides.
  enum Intake: Sendable, Equatable {
    case nothing
    /// Nothing, but the answer is long: only a few are made at a time.
    case pages
    case json
    case upload
  }

  static func get(
    _ path: RouterPath,
    _ access: Access,
    takes intake: Intake = .nothing,
    _ handle: @escaping Handler
  ) -> Route {
    Route(method: .get, path: path, access: access, intake: intake, handle: handle)
  }

  static func post(
    _ path: RouterPath,
    _ access: Access,
    takes intake: Intake,
    _ handle: @escaping Handler
  ) -> Route {
    Route(method: .post, path: path, access: access, intake: intake, handle: handle)
  }

  static func patch(
    _ path: RouterPath,
    _ access: Access,
    _ handle: @escaping Handler
  ) -> Route {
    Route(method: .patch, path: path, access: access, intake: .json, handle: handle)
  }

  static func delete(
    _ path: RouterPath,
    _ access: Access,
    _ handle: @escaping Handler
  ) -> Route {
    Route(method: .delete, path: path, access: access, intake: .nothing, handle: handle)
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
  /// Who asks.
  let principal: Principal
  /// The place that an upload or a long answer takes up, until the last copy of the call is gone.
  let place: UploadGate.Place?
  /// How deep JSON may be nested.
  let jsonDepth: Int

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
