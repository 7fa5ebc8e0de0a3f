import HTTPTypes
import Hummingbird

/// Turns away requests that a page of another site makes the user's browser send.
///
/// A page can point a name of its own at 127.0.0.1 and read what listens there; the `Host` header
/// then still holds that name. And it can post a form anywhere; the `Origin` header says so.
struct OriginGuard: RouterMiddleware {
  /// Names besides those of the loopback address, in lower case.
  let hostNames: [String]

  func handle(
    _ request: Request,
    context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    let authority = request.head.authority ?? ""
    guard isOurs(authority) else {
      throw Problem(.wrongHost, "the Host header \"\(authority)\" is not a name of this server")
    }
    let isReading = request.method == .get || request.method == .head
    if !isReading, let origin = request.headers[.origin], !isSame(origin, as: authority) {
      throw Problem(.foreignOrigin, "the request comes from a page of \(origin)")
    }
    return try await next(request, context)
  }

  func isOurs(_ authority: String) -> Bool {
    guard let host = HostName(authority) else { return false }
    return host.isLoopback || hostNames.contains(host.name)
  }

  /// Whether an origin, `http://localhost:8080`, is that of the host asked; a proxy may speak TLS.
  func isSame(_ origin: String, as authority: String) -> Bool {
    ["http://", "https://"].contains { scheme in
      origin.lowercased() == scheme + authority.lowercased()
    }
  }
}
