import HTTPTypes
import Hummingbird
import Logging

/// Turns every error into a problem; those that are the server's fault go to the log besides.
struct ProblemAnswers: RouterMiddleware {
  let routes: [Route]
  let watch: StoreWatch
  let delivery: Delivery

  func handle(
    _ request: Request,
    context: CallContext,
    next: (Request, CallContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let problem = problem(error, at: request)
      if watch.isNews() {
        context.logger.critical("the disk has failed: nothing is written before a restart")
      }
      if problem.isFault {
        context.logger.error(
          "request failed",
          metadata: ["error": "\(error)", "path": "\(request.uri.path)"]
        )
      }
      return try delivery.response(
        to: request,
        try problem.answer(requestID: context.requestID)
      )
    }
  }

  private func problem(_ error: any Error, at request: Request) -> Problem {
    guard let error = error as? HTTPError, error.status == .notFound else { return Problem(error) }
    // The router tells a wrong method from an unknown path no more than 404 does.
    let methods = routes.methods(at: request.uri.path)
    guard !methods.isEmpty else {
      return Problem(.noSuchPath, "there is nothing at \(request.uri.path)")
    }
    var problem = Problem(
      .methodNotAllowed,
      "\(request.uri.path) has \(methods.joined(separator: ", "))"
    )
    problem.headers[.allow] = methods.joined(separator: ", ")
    return problem
  }
}
