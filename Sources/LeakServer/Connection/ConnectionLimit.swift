import Logging
import NIOCore
import Synchronization

/// How many connections are open, in all and from each address.
final class ConnectionLimit: Sendable {
  private struct State {
    var count = 0
    var byAddress: [String: Int] = [:]
    var complainedAt: ContinuousClock.Instant?
  }

  private let limits: Configuration.Limits
  private let logger: Logger
  private let state = Mutex(State())

  init(_ limits: Configuration.Limits, logger: Logger) {
    self.limits = limits
    self.logger = logger
  }

  /// Counts a connection in.
  ///
  /// - Returns: Whether there is room; when not, nothing was counted.
  func open(from address: String?) -> Bool {
    let (isOpen, isNews) = state.withLock { state -> (Bool, Bool) in
      let counted = Self.isCounted(address)
      let fromHere = counted.map { state.byAddress[$0, default: 0] } ?? 0
      guard state.count < limits.connections, fromHere < limits.connectionsPerAddress else {
        // One line a minute: a flood must not fill the log.
        let isNews = state.complainedAt.map { .now - $0 > .seconds(60) } ?? true
        if isNews { state.complainedAt = .now }
        return (false, isNews)
      }
      state.count += 1
      if let counted { state.byAddress[counted] = fromHere + 1 }
      return (true, false)
    }
    if isNews {
      logger.warning(
        "too many connections: closing new ones",
        metadata: ["limit": "\(limits.connections)", "address": "\(address ?? "unknown")"]
      )
    }
    return isOpen
  }

  /// Counts a connection out.
  func close(from address: String?) {
    state.withLock { state in
      state.count -= 1
      guard let address = Self.isCounted(address), let fromHere = state.byAddress[address] else {
        return
      }
      state.byAddress[address] = fromHere > 1 ? fromHere - 1 : nil
    }
  }

  /// The address when it counts: behind a proxy on this machine all clients have its own.
  private static func isCounted(_ address: String?) -> String? {
    guard let address, HostName(address)?.isLoopback != true else { return nil }
    return address
  }
}

/// Closes a connection at once for which there is no room.
final class ConnectionGuard: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let limit: ConnectionLimit

  init(_ limit: ConnectionLimit) {
    self.limit = limit
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let address = context.channel.remoteAddress?.ipAddress
    guard limit.open(from: address) else {
      context.close(promise: nil)
      return
    }
    let limit = limit
    context.channel.closeFuture.whenComplete { _ in limit.close(from: address) }
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
