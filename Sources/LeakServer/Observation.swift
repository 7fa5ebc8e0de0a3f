import HTTPTypes
import Hummingbird
import Logging

/// Counts and times every request, gives it its number, and puts the same guards on every answer.
struct Observation: RouterMiddleware {
  let metrics: Metrics

  func handle(
    _ request: Request,
    context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    var response = try await next(request, context)
    for (name, value) in Self.guards { response.headers[name] = value }
    response.headers[.requestID] = context.requestID
    metrics.count(
      Metrics.RequestKind(
        // Of a path that is not known there are as many as anyone likes to ask for.
        route: context.endpointPath ?? "NotFound",
        method: request.method.rawValue,
        statusClass: "\(response.status.code / 100)xx"
      ),
      took: ContinuousClock.now - start
    )
    return response
  }

  /// Pages load nothing from elsewhere, run no script, tell no one where they are, show in no frame.
  private static let guards: [HTTPField.Name: String] = [
    .xContentTypeOptions: "nosniff",
    .referrerPolicy: "no-referrer",
    .contentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'",
  ]
}

extension BasicRequestContext {
  /// The number under which the log tells of the request.
  ///
  /// Not the framework's `id`, which traps with a log handler that keeps no metadata.
  var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "unknown" }
}
