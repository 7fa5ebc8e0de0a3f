package import Hummingbird
import HummingbirdCore
package import LeakCasebook
package import LeakChat
package import LeakModel
package import Logging
import NIOCore
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

  /// - Parameters:
  ///   - configuration: Where to listen and what to take in.
  ///   - casebook: What the server tells of and writes to.
  ///   - chat: The platforms that may ask, and the places that are told.
  ///   - logger: Where errors go, each with the number of its request.
  ///   - now: The clock.
  package init(
    configuration: Configuration,
    casebook: Casebook,
    chat: ChatSettings = ChatSettings(),
    logger: Logger,
    now: @escaping @Sendable () -> Instant
  ) {
    self.configuration = configuration
    self.casebook = casebook
    self.chat = chat
    self.logger = logger
    self.now = now
  }

  /// Makes the application, for a group of services or for tests; `onRunning` is told the port.
  package func application(
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    Application(
      router: buildRouter(),
      server: .http1(
        configuration: HTTP1Channel.Configuration(
          idleTimeout: TimeAmount(configuration.limits.idle),
          httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 16 << 10)
        )
      ),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port)
      ),
      services: [
        late,
        Courier(store: casebook.store, settings: chat, logger: logger, now: now),
      ],
      onServerRunning: { channel in
        await onRunning(channel.localAddress?.port ?? configuration.port)
      },
      logger: logger
    )
  }

  /// Serves until SIGTERM or SIGINT, then lets the requests under way end.
  ///
  /// The group is ours because that of the application has no end to its patience: one client that
  /// drips its request would keep the process alive.
  ///
  /// - Parameter onRunning: Told the port that is listened on.
  /// - Throws: What binding the address throws.
  package func run(onRunning: @escaping @Sendable (Int) async -> Void) async throws {
    var group = ServiceGroupConfiguration(
      services: [
        Housekeeping(store: casebook.store, logger: logger, now: now),
        application(onRunning: onRunning),
      ],
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: logger
    )
    group.maximumGracefulShutdownDuration = configuration.limits.shutdown
    try await ServiceGroup(configuration: group).run()
  }
}
