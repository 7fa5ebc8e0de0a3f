import HTTPTypes
import Hummingbird

/// Turns away requests that a page of another site makes the user's browser send.
///
/// A page can point a name of its own at 127.0.0.1 and read what listens there; the `Host` header
/// then still holds that name. And it can post a form anywhere; the `Origin` header says so.
struct OriginGuard: RouterMiddleware {
  /// Names besides those of the loopback address, in lower case.
  let hostNames: [String]
  /// Other sites whose pages may read and write here, in lower case.
  let origins: [String]
  /// Whether other machines reach the server: by its addresses then, which no site can point at.
  let isReachable: Bool

  init(hostNames: [String], origins: [String] = [], isReachable: Bool = false) {
    self.hostNames = hostNames
    self.origins = origins
    self.isReachable = isReachable
  }

  func handle(
    _ request: Request,
    context: CallContext,
    next: (Request, CallContext) async throws -> Response
  ) async throws -> Response {
    let authority = request.head.authority ?? ""
    guard isOurs(authority) else {
      throw Problem(.wrongHost, "the Host header \"\(authority)\" is not a name of this server")
    }
    guard let origin = request.headers[.origin] else { return try await next(request, context) }
    guard origins.contains(origin.lowercased()) else {
      let isReading = request.method == .get || request.method == .head
      guard isReading || isSame(origin, as: authority) else {
        throw Problem(.foreignOrigin, "the request comes from a page of \(origin)")
      }
      return try await next(request, context)
    }
    return try await share(request, context, with: origin, next)
  }

  func isOurs(_ authority: String) -> Bool {
    guard let host = HostName(authority) else { return false }
    return host.isLoopback || hostNames.contains(host.name) || isReachable && host.isAddress
  }

  /// Whether an origin, `http://localhost:8080`, is that of the host asked; a proxy may speak TLS.
  func isSame(_ origin: String, as authority: String) -> Bool {
    ["http://", "https://"].contains { scheme in
      origin.lowercased() == scheme + authority.lowercased()
    }
  }

  /// Lets a page of a site that the configuration names see the answer.
  ///
  /// Source: WHATWG Fetch, "CORS protocol". There are no cookies, so none are allowed.
  private func share(
    _ request: Request,
    _ context: CallContext,
    with origin: String,
    _ next: (Request, CallContext) async throws -> Response
  ) async throws -> Response {
    let isPreflight =
      request.method == .options && request.headers[.accessControlRequestMethod] != nil
    var response = isPreflight ? Response(status: .noContent) : try await next(request, context)
    response.headers[.accessControlAllowOrigin] = origin
    response.headers[.vary] = (response.headers[.vary].map { "\($0), " } ?? "") + "Origin"
    if isPreflight {
      response.headers[.accessControlAllowMethods] = "GET, HEAD, POST, PATCH, DELETE"
      response.headers[.accessControlAllowHeaders] =
        "authorization, content-type, idempotency-key, if-match, if-none-match"
      response.headers[.accessControlMaxAge] = "600"
    } else {
      response.headers[.accessControlExposeHeaders] =
        "etag, link, location, retry-after, x-request-id"
    }
    return response
  }
}
