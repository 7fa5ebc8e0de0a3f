package import Hummingbird
import HummingbirdCore
package import LeakCasebook
package import LeakChat
package import LeakModel
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import UnixSignals

/// The server: the casebook over HTTP.
package struct ServerApplication: Sendable {
  let configuration: Configuration
  let casebook: Casebook
  let chat: ChatSettings
  let logger: Logger
  let now: @Sendable () -> Instant
  let late = LateAnswers()
  let ticks: @Sendable () -> ContinuousClock.Instant
  let metrics = Metrics()
  let executor = AnalysisExecutor()
  let watch: StoreWatch

  /// - Parameters:
  ///   - configuration: Where to listen and what to take in.
  ///   - casebook: What the server tells of and writes to.
  ///   - chat: The platforms that may ask, and the places that are told.
  ///   - logger: Where errors go, each with the number of its request.
  ///   - now: The clock.
  ///   - ticks: The clock that rates go by, which is never set.
  package init(
    configuration: Configuration,
    casebook: Casebook,
    chat: ChatSettings = ChatSettings(),
    logger: Logger,
    now: @escaping @Sendable () -> Instant,
    ticks: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.configuration = configuration
    self.casebook = casebook
    self.chat = chat
    self.logger = logger
    self.now = now
    self.ticks = ticks
    self.watch = StoreWatch(store: casebook.store)
  }

  /// Makes the application, for a group of services or for tests; `onRunning` is told the port.
  package func application(
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    application(
      routes,
      port: configuration.port,
      group: .singleton,
      services: [
        late, Courier(store: casebook.store, settings: chat, logger: logger, now: now),
      ],
      onRunning: onRunning
    )
  }

  /// Makes the application that answers health and metrics alone, on threads of its own.
  func healthApplication(
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    return application(
      healthRoutes,
      port: configuration.healthPort,
      group: .shared(group),
      onRunning: onRunning
    )
  }

  private func application(
    _ routes: [Route],
    port: Int,
    group: EventLoopGroupProvider,
    services: [any Service] = [],
    onRunning: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    let limits = configuration.limits
    let connections = ConnectionLimit(limits, logger: logger)
    let uploads = routes.filter { $0.intake == .upload }
    return Application(
      router: buildRouter(routes),
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          additionalChannelHandlers: [
            ConnectionGuard(connections),
            RequestClock(limits: limits) { head in
              uploads.contains { $0.method == head.method && $0.matches(head.pathOnly) }
            },
          ],
          idleTimeout: TimeAmount(limits.idle),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: limits.head,
            maxHeaderListSize: limits.head
          )
        )
      ),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: port)
      ),
      services: services,
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
      eventLoopGroupProvider: group,
      logger: logger
    )
  }

  /// Serves until SIGTERM or SIGINT, then lets the requests under way end.
  ///
  /// The group is ours because that of the application has no end to its patience: one client that
  /// drips its request would keep the process alive.
  ///
  /// - Parameter onRunning: Told the ports that are listened on, of the API and of health.
  /// - Throws: What binding the addresses throws.
  package func run(
    onRunning: @escaping @Sendable (_ port: Int, _ healthPort: Int) async -> Void
  ) async throws {
    let (ports, told) = AsyncStream.makeStream(of: Int.self)
    let health = HealthService(application: healthApplication { told.yield($0) })
    let api = application { port in
      // Both listen before anybody is told.
      if let healthPort = await ports.first(where: { _ in true }) {
        await onRunning(port, healthPort)
      }
    }
    var group = ServiceGroupConfiguration(
      services: [Housekeeping(store: casebook.store, logger: logger, now: now), health, api],
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    group.maximumGracefulShutdownDuration = configuration.limits.shutdown
    try await ServiceGroup(configuration: group).run()
  }
}

/// Answers health on threads that nothing else runs on: those who ask whether the server lives must
/// be told so while it is flooded.
private struct HealthService<Application: ApplicationProtocol>: Service {
  let application: Application
  private let executor = AnalysisExecutor()

  init(application: Application) {
    self.application = application
  }

  func run() async throws {
    try await executor.run { try await application.run() }
  }
}

extension HTTPRequest {
  /// The path without what follows the question mark.
  fileprivate var pathOnly: String {
    String((path ?? "").prefix { $0 != "?" })
  }
}
