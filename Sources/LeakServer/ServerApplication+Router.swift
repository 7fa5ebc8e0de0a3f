import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakDiagnosis
import Logging

extension ServerApplication {
  /// Everything that the server does, in the order of its description.
  func routes(_ metrics: Metrics, _ executor: AnalysisExecutor) -> [Route] {
    let api =
      IncidentRoutes(casebook: casebook, executor: executor, now: now).routes
      + EvidenceRoutes(casebook: casebook, executor: executor, metrics: metrics).routes
      + DiagnosisRoutes(diagnoser: casebook.diagnoser, executor: executor, metrics: metrics).routes
      + SearchRoutes(casebook: casebook, now: now).routes
      + PlaybookRoutes(rulebook: casebook.diagnoser.rulebook).routes
      + HookRoutes(store: casebook.store, settings: chat, now: now).routes
      + ChatRoutes(desk: ChatDesk(casebook, chat, executor, now: now), late: late).routes
      + HealthRoutes(store: casebook.store, metrics: metrics).routes
    return FrontPage(store: casebook.store, listing: api).routes + api
  }

  /// Puts the routes behind what every request passes: counting, errors, the guard at the door.
  func buildRouter() -> Router<BasicRequestContext> {
    let metrics = Metrics()
    let executor = AnalysisExecutor()
    let routes = routes(metrics, executor)
    let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Observation(metrics: metrics))
    router.add(middleware: ProblemAnswers(routes: routes))
    router.add(middleware: OriginGuard(hostNames: configuration.hostNames))

    let limits = configuration.limits
    let intake = Intake(
      limits: limits,
      gate: UploadGate(limit: limits.uploadsAtOnce),
      idempotency: Idempotency(store: casebook.store, now: now)
    )
    for route in routes {
      router.on(route.path, method: route.method) { request, context in
        try await intake.answer(request, context, by: route).response
      }
    }
    return router
  }
}

/// Reads what a request carries, within the limits, and hands it to a route.
struct Intake: Sendable {
  let limits: Configuration.Limits
  let gate: UploadGate
  let idempotency: Idempotency

  func answer(
    _ request: Request,
    _ context: BasicRequestContext,
    by route: Route
  ) async throws -> Answer {
    switch route.intake {
    case .nothing:
      return try await route.handle(try call(request, context, body: ByteBuffer()))
    case .json:
      return try await answer(request, context, by: route, upTo: limits.json)
    case .upload:
      return try await gate.enter {
        try await answer(request, context, by: route, upTo: limits.upload)
      }
    }
  }

  private func answer(
    _ request: Request,
    _ context: BasicRequestContext,
    by route: Route,
    upTo limit: Int
  ) async throws -> Answer {
    let call = try call(request, context, body: try await Self.body(of: request, upTo: limit))
    guard route.method == .post else { return try await route.handle(call) }
    return try await idempotency.once(call) { try await route.handle(call) }
  }

  /// Reads a body whole.
  ///
  /// - Throws: `Problem` for an announced length beyond the limit, before anything is read; the
  ///   framework's error where a body in chunks passes it. Both are problems of kind too large.
  static func body(of request: Request, upTo limit: Int) async throws -> ByteBuffer {
    if let text = request.headers[.contentLength], let length = Int(text), length > limit {
      throw Problem(.tooLarge, "the body is \(length) bytes, and this path takes \(limit)")
    }
    return try await request.body.collect(upTo: limit)
  }

  private func call(
    _ request: Request,
    _ context: BasicRequestContext,
    body: ByteBuffer
  ) throws(Problem) -> Call {
    Call(
      head: request.head,
      parameters: context.parameters,
      query: try Query(request.uri.query),
      body: body,
      logger: context.logger
    )
  }
}
