import HTTPTypes
import Hummingbird
import LeakStore

/// How often each client and each token may ask.
final class RequestRates: Sendable {
  private let limits: Configuration.Rates
  private let reading: RateLimiter
  private let writing: RateLimiter

  private let ticks: @Sendable () -> ContinuousClock.Instant

  init(_ limits: Configuration.Rates, ticks: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.limits = limits
    self.ticks = ticks
    self.reading = RateLimiter(.perSecond(limits.read))
    self.writing = RateLimiter(.perSecond(limits.write))
  }

  /// Counts a request of an address.
  ///
  /// This machine's own is left out unless the configuration says otherwise: behind a proxy all
  /// clients have it, and their tokens are counted.
  ///
  /// - Throws: `Problem` that says when to come back.
  func count(_ method: HTTPRequest.Method, address: String?) throws(Problem) {
    guard let address, limits.includeLoopback || HostName(address)?.isLoopback != true else {
      return
    }
    try count(method, key: address)
  }

  /// Counts a request of a token, or of whoever sits at the machine, who is not limited.
  ///
  /// - Throws: `Problem` that says when to come back.
  func count(_ method: HTTPRequest.Method, principal: Principal) throws(Problem) {
    guard case .token(let token) = principal else { return }
    try count(method, key: "token \(token.id)")
  }

  private func count(_ method: HTTPRequest.Method, key: String) throws(Problem) {
    let isReading = method == .get || method == .head
    let limiter = isReading ? reading : writing
    guard limiter.rate.perSecond > 0 else { return }
    guard case .denied(let seconds) = limiter.take(key, at: ticks()) else { return }
    throw Problem(beyond: limiter.rate, retryAfter: seconds)
  }
}

extension Problem {
  /// A refusal that says how many requests are allowed and when the next one is.
  ///
  /// Source of the fields: draft-ietf-httpapi-ratelimit-headers-07.
  fileprivate init(beyond rate: RateLimiter.Rate, retryAfter seconds: Double) {
    let wait = max(1, Int(seconds.rounded(.up)))
    let limit = Int(rate.perSecond.rounded(.up))
    self.init(.tooManyRequests, "more than \(limit) requests a second; come back in \(wait) s")
    headers[.retryAfter] = String(wait)
    headers[.rateLimitLimit] = String(limit)
    headers[.rateLimitRemaining] = "0"
    headers[.rateLimitReset] = String(wait)
  }
}

/// Counts every request by the address it comes from, those for unknown paths among them.
struct AddressGuard: RouterMiddleware {
  let rates: RequestRates

  func handle(
    _ request: Request,
    context: CallContext,
    next: (Request, CallContext) async throws -> Response
  ) async throws -> Response {
    // Who watches over the server must get an answer when it is flooded.
    if request.uri.path != HealthRoutes.livePath {
      try rates.count(request.method, address: context.address)
    }
    return try await next(request, context)
  }
}
