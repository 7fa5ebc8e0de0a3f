import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakDiagnosis
import Logging

extension ServerApplication {
  /// Everything that the server does, in the order of its description.
  var routes: [Route] {
    let incidents = IncidentRoutes(casebook: casebook, executor: executor, now: now)
    let api =
      incidents.routes
      + LinkRoutes(incidents: incidents).routes
      + EvidenceRoutes(
        casebook: casebook,
        executor: executor,
        metrics: metrics,
        patience: configuration.limits.patience
      ).routes
      + DiagnosisRoutes(diagnoser: casebook.diagnoser, executor: executor, metrics: metrics).routes
      + SearchRoutes(casebook: casebook, executor: executor, now: now).routes
      + SnapshotRoutes(store: casebook.store).routes
      + ServiceRoutes(store: casebook.store).routes
      + PlaybookRoutes(rulebook: casebook.diagnoser.rulebook).routes
      + HookRoutes(store: casebook.store, settings: chat, now: now).routes
      + ChatRoutes(
        desk: ChatDesk(casebook, chat, executor, now: now),
        late: late,
        files: ChatFiles(chat)
      ).routes
      + AuditRoutes(store: casebook.store).routes
      + DescriptionRoutes().routes
      + healthRoutes
    return FrontPage(store: casebook.store, listing: api).routes + api
  }

  /// What those ask who watch over the server.
  var healthRoutes: [Route] {
    HealthRoutes(casebook: casebook, metrics: metrics, watch: watch).routes
  }

  private func gate(_ limit: Int) -> UploadGate {
    let limits = configuration.limits
    return UploadGate(limit: limit, waiting: limits.waitingAtOnce, patience: limits.waiting)
  }

  /// Puts routes behind what every request passes: counting, errors, the guards at the door.
  func buildRouter(_ routes: [Route]) -> Router<CallContext> {
    let limits = configuration.limits
    let delivery = Delivery(outbox: Outbox(limit: limits.waitingBytes))
    let router = Router(context: CallContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Observation(metrics: metrics))
    router.add(middleware: ProblemAnswers(routes: routes, watch: watch, delivery: delivery))
    router.add(
      middleware: OriginGuard(
        hostNames: configuration.hostNames,
        origins: configuration.origins,
        isReachable: !configuration.isLoopback
      )
    )
    let rates = RequestRates(configuration.rates, ticks: ticks)
    router.add(middleware: AddressGuard(rates: rates))

    let intake = Intake(
      limits: limits,
      gate: gate(limits.uploadsAtOnce),
      pages: gate(limits.pagesAtOnce),
      crowd: Crowd(limit: limits.requestsAtOnce),
      gatekeeper: Gatekeeper(
        store: casebook.store,
        isLoopback: configuration.isLoopback,
        badTokens: configuration.rates.badTokens,
        now: now,
        ticks: ticks
      ),
      rates: rates,
      idempotency: Idempotency(store: casebook.store, now: now),
      casebook: casebook,
      answers: AnswerCache(store: casebook.store),
      watch: watch
    )
    for route in routes {
      router.on(route.path, method: route.method) { request, context in
        try delivery.response(
          to: request,
          try await intake.answer(request, context, by: route)
        )
      }
    }
    return router
  }
}
