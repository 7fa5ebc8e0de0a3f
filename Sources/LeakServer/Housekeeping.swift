import LeakModel
import LeakStore
import Logging
import ServiceLifecycle

/// Prunes the store every hour, beside the requests.
struct Housekeeping: ServiceLifecycle.Service {
  let store: Store
  let logger: Logger
  let now: @Sendable () -> Instant

  private static let pause = Duration.seconds(3_600)

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        while true {
          try await prune()
          try await Task.sleep(for: Self.pause)
        }
      }
    } catch is CancellationError {
      return
    }
  }

  private func prune() async throws {
    do {
      _ = try await store.prune(.standard, now: now())
    } catch let error as StoreError {
      // The next round may succeed; meanwhile nothing is lost, only kept for longer.
      logger.error("pruning failed", metadata: ["error": "\(error)"])
    }
  }
}
