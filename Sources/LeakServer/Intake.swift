import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakModel
import Logging

/// Finds out who asks, reads what the request carries, within the limits, and hands it to a route.
struct Intake: Sendable {
  let limits: Configuration.Limits
  /// For uploads.
  let gate: UploadGate
  /// For answers that take much memory to make.
  let pages: UploadGate
  let crowd: Crowd
  let gatekeeper: Gatekeeper
  let rates: RequestRates
  let idempotency: Idempotency
  let casebook: Casebook
  let answers: AnswerCache
  let watch: StoreWatch

  func answer(
    _ request: Request,
    _ context: CallContext,
    by route: Route
  ) async throws -> Answer {
    var principal = Principal.anonymous
    do {
      principal = try await gatekeeper.identify(request, from: context.address, for: route.access)
      try gatekeeper.authorize(principal, for: route.access)
      try rates.count(request.method, principal: principal)
      if route.access.isAudited { try watch.requireSound() }
      let answer = try await work(request, context, by: route, for: principal)
      if route.access.isAudited {
        let target = answer.headers[.location] ?? request.uri.path
        await audit(principal, route, target, answer.status, context)
      }
      return answer
    } catch {
      let problem = Problem(error)
      if Self.isAudited(problem, request, route) {
        await audit(principal, route, request.uri.path, problem.kind.status, context)
      }
      throw error
    }
  }

  /// Reads the body and has the route answer.
  private func work(
    _ request: Request,
    _ context: CallContext,
    by route: Route,
    for principal: Principal
  ) async throws -> Answer {
    switch route.intake {
    case .nothing where route.access == .token(.read):
      return try await answers.answer(to: request) {
        try await answer(try call(request, context, principal), by: route)
      }
    case .nothing:
      // Who watches over the server is answered however busy it is.
      guard route.access != .everyone else {
        return try await route.handle(try call(request, context, principal))
      }
      return try await answer(try call(request, context, principal), by: route)
    case .pages:
      let place = try await pages.enter()
      return try await answer(try call(request, context, principal, place: place), by: route)
    case .json:
      let body = try await Self.body(of: request, upTo: limits.json)
      return try await answer(try call(request, context, principal, body), by: route)
    case .upload:
      let place = try await gate.enter()
      let body = try await Self.body(of: request, upTo: limits.upload)
      return try await answer(try call(request, context, principal, body, place: place), by: route)
    }
  }

  /// Has the route answer, unless too many requests are worked on already.
  ///
  /// One whose body is still on its way is not worked on: a client that sends slowly keeps nobody
  /// else out.
  private func answer(_ call: Call, by route: Route) async throws -> Answer {
    let presence = try crowd.enter()
    defer { presence.leave() }
    guard route.method == .post else { return try await route.handle(call) }
    return try await idempotency.once(call) { try await route.handle(call) }
  }

  /// Reads a body whole.
  ///
  /// - Throws: `Problem` for an announced length beyond the limit, before anything is read, and for
  ///   a body that is encoded; the framework's error where a body in chunks passes the limit. Both
  ///   lengths are problems of kind too large.
  static func body(of request: Request, upTo limit: Int) async throws -> ByteBuffer {
    if let encoding = request.headers[.contentEncoding], encoding.lowercased() != "identity" {
      throw Problem(
        .unsupportedMediaType,
        "bodies are taken as they are, without content-encoding; captures may be gzip files"
      )
    }
    if let text = request.headers[.contentLength], let length = Int(text), length > limit {
      throw Problem(.tooLarge, "the body is \(length) bytes, and this path takes \(limit)")
    }
    return try await request.body.collect(upTo: limit)
  }

  private func call(
    _ request: Request,
    _ context: CallContext,
    _ principal: Principal,
    _ body: ByteBuffer = ByteBuffer(),
    place: UploadGate.Place? = nil
  ) throws(Problem) -> Call {
    Call(
      head: request.head,
      parameters: context.parameters,
      query: try Query(request.uri.query),
      body: body,
      logger: context.logger,
      principal: principal,
      place: place,
      jsonDepth: limits.jsonDepth
    )
  }

  /// Whether a refusal goes into the audit log: what changes something, and every token that was
  /// tried in vain; not what the rates turned away, which would fill the disk.
  private static func isAudited(_ problem: Problem, _ request: Request, _ route: Route) -> Bool {
    switch problem.kind {
    case .tooManyRequests, .busy: false
    case .unauthorized: request.headers[.authorization] != nil
    case .forbidden: true
    default: route.access.isAudited
    }
  }

  /// What was done stays done when the log cannot be written: the failure goes to the other log.
  private func audit(
    _ principal: Principal,
    _ route: Route,
    _ target: String,
    _ status: HTTPResponse.Status,
    _ context: CallContext
  ) async {
    do {
      try await casebook.audit(
        actor: principal.actor,
        action: "\(route.method.rawValue) \(route.path)",
        target: target,
        result: String(status.code)
      )
    } catch {
      context.logger.error("audit log not written", metadata: ["error": "\(error)"])
    }
  }
}
