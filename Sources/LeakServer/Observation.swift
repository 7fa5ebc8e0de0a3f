import HTTPTypes
import Hummingbird
import Logging

/// Counts and times every request, gives it its number, and puts the same guards on every answer.
struct Observation: RouterMiddleware {
  let metrics: Metrics

  func handle(
    _ request: Request,
    context: CallContext,
    next: (Request, CallContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let context = context.withRequestID(request.headers[.requestID]) ?? context
    var response = try await next(request, context)
    for (name, value) in Self.guards { response.headers[name] = value }
    response.headers[.requestID] = context.requestID
    let time = ContinuousClock.now - start
    response.headers[.serverTiming] = Self.timing(time, beside: response.headers[.serverTiming])
    metrics.count(
      Metrics.RequestKind(
        // Of a path that is not known there are as many as anyone likes to ask for.
        route: context.endpointPath ?? "NotFound",
        method: Self.knownMethods.contains(request.method) ? request.method.rawValue : "other",
        statusClass: "\(response.status.code / 100)xx"
      ),
      took: time
    )
    return response
  }

  /// Methods that are counted under their names; others are as many as anyone likes to send.
  private static let knownMethods: Set<HTTPRequest.Method> = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace,
  ]

  /// Pages load nothing from elsewhere, run no script, tell no one where they are, show in no frame.
  private static let guards: [HTTPField.Name: String] = [
    .xContentTypeOptions: "nosniff",
    .referrerPolicy: "no-referrer",
    .contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'",
  ]

  /// Adds the whole time to what a route told of its parts: `analysis;dur=41.2, total;dur=43.0`.
  ///
  /// Source: W3C Server Timing; milliseconds.
  private static func timing(_ time: Duration, beside parts: String?) -> String {
    (parts.map { "\($0), " } ?? "") + Answer.timing("total", time)
  }
}

extension Answer {
  /// One entry of a `Server-Timing` header.
  static func timing(_ name: String, _ time: Duration) -> String {
    let milliseconds = (time / .milliseconds(1) * 100).rounded() / 100
    return "\(name);dur=\(milliseconds)"
  }

  /// The answer with the time that a part of the work took.
  func timed(_ name: String, _ time: Duration) -> Answer {
    var answer = self
    answer.headers[.serverTiming] = Self.timing(name, time)
    return answer
  }
}
