import HTTPTypes

extension HTTPField.Name {
  /// Source: draft-ietf-httpapi-idempotency-key-header.
  static let idempotencyKey = named("Idempotency-Key")
  static let referrerPolicy = named("Referrer-Policy")
  static let requestID = named("X-Request-Id")
  static let serverTiming = named("Server-Timing")
  /// Source: RFC 7240.
  static let prefer = named("Prefer")
  static let link = named("Link")
  /// Source: draft-ietf-httpapi-ratelimit-headers-07.
  static let rateLimitLimit = named("RateLimit-Limit")
  static let rateLimitRemaining = named("RateLimit-Remaining")
  static let rateLimitReset = named("RateLimit-Reset")

  /// What Grafana calls it unless told otherwise; the time has a name only where one is set.
  static let grafanaSignature = named("X-Grafana-Alerting-Signature")
  static let grafanaTimestamp = named("X-Grafana-Alerting-Timestamp")

  /// Makes a name from a literal; one that is no token of RFC 9110 is a mistake in this file.
  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else {
      preconditionFailure("\(text) is not the name of a header")
    }
    return name
  }
}
