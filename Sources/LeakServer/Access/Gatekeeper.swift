import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore

/// Lets requests in to a route by the token they carry.
///
/// While no token was ever made, and only this machine can reach the server, whoever asks is let
/// in. From the first token on every route that tells or changes something needs one, and a token
/// that was revoked opens nothing again.
struct Gatekeeper: Sendable {
  private let store: Store
  /// Whether only this machine can reach the server.
  private let isLoopback: Bool
  private let now: @Sendable () -> Instant
  private let ticks: @Sendable () -> ContinuousClock.Instant
  private let badTries: RateLimiter
  /// What is known of secrets as long as nothing is written.
  private let known = GenerationCache<String, TokenLookup>(mostEntries: 1_000)

  /// - Parameters:
  ///   - store: Where the tokens are.
  ///   - isLoopback: Whether only this machine can reach the server.
  ///   - badTokens: How many tokens that are not valid an address may show a minute; 0 for any.
  ///   - now: The clock that tokens expire by.
  ///   - ticks: The clock that rates go by.
  init(
    store: Store,
    isLoopback: Bool,
    badTokens: Double,
    now: @escaping @Sendable () -> Instant,
    ticks: @escaping @Sendable () -> ContinuousClock.Instant
  ) {
    self.store = store
    self.isLoopback = isLoopback
    self.now = now
    self.ticks = ticks
    self.badTries = RateLimiter(RateLimiter.Rate(perSecond: badTokens / 60, burst: badTokens))
  }

  /// Finds out who asks.
  ///
  /// - Throws: `Problem` of kind unauthorized or tooManyRequests.
  func identify(
    _ request: Request,
    from address: String?,
    for access: Access
  ) async throws -> Principal {
    guard case .token = access else { return .anonymous }
    let secret = Self.secret(of: request)
    let lookup = try await lookup(secret?.token?.sha256)
    if let token = lookup.token, token.isValid(at: now()) { return .token(token) }
    // A secret that is not known is refused even where none is needed: whoever sends one believes
    // that it does something.
    if secret == nil, isLoopback, !lookup.anyExist { return .local }
    throw refusal(secret, address)
  }

  private func lookup(_ sha256: String?) async throws -> TokenLookup {
    let key = sha256 ?? ""
    let generation = try store.generation()
    if let lookup = known.value(for: key, at: generation) { return lookup }
    let lookup = try await store.token(withHash: sha256)
    known.keep(lookup, for: key, at: generation)
    return lookup
  }

  /// Checks that a route is for those who ask.
  ///
  /// - Throws: `Problem` of kind forbidden.
  func authorize(_ principal: Principal, for access: Access) throws(Problem) {
    guard case .token(let token) = principal, case .token(let scope) = access,
      !token.allows(scope)
    else { return }
    var problem = Problem(
      .forbidden,
      "the token \"\(token.name)\" does not have the scope \(scope.rawValue)"
    )
    problem.headers[.wwwAuthenticate] =
      "Bearer error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
    throw problem
  }

  /// What an `Authorization` header holds.
  private struct Secret {
    /// nil for a text that was never a token.
    let token: AccessToken?
  }

  private static func secret(of request: Request) -> Secret? {
    guard let header = request.headers[.authorization] else { return nil }
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return Secret(token: nil) }
    return Secret(token: AccessToken(parts[1].filter { $0 != " " }))
  }

  /// The same answer for a token that was never made, was revoked or has expired.
  private func refusal(_ secret: Secret?, _ address: String?) -> Problem {
    guard secret != nil else {
      var problem = Problem(
        .unauthorized,
        "send a token: \"authorization: Bearer lbk_…\"; `leakbook token create` makes one"
      )
      problem.headers[.wwwAuthenticate] = "Bearer"
      return problem
    }
    if badTries.rate.perSecond > 0,
      case .denied(let seconds) = badTries.take(address ?? "", at: ticks())
    {
      var problem = Problem(.tooManyRequests, "too many tokens from here that are not valid")
      problem.headers[.retryAfter] = String(max(1, Int(seconds.rounded(.up))))
      return problem
    }
    var problem = Problem(.unauthorized, "the token is not valid: unknown, revoked or expired")
    problem.headers[.wwwAuthenticate] = "Bearer error=\"invalid_token\""
    return problem
  }
}
