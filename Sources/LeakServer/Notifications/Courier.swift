import AsyncHTTPClient
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Logging
import ServiceLifecycle

/// Carries messages from the outbox to where they go, at least once each.
///
/// A message leaves the outbox after it was taken; one that is under way when the process ends is
/// sent again, under the same number.
struct Courier: ServiceLifecycle.Service {
  let store: Store
  let settings: ChatSettings
  let logger: Logger
  let now: @Sendable () -> Instant
  private let newsroom: Newsroom
  private let feishu: FeishuAPI?

  init(
    store: Store,
    settings: ChatSettings,
    logger: Logger,
    now: @escaping @Sendable () -> Instant
  ) {
    self.store = store
    self.settings = settings
    self.logger = logger
    self.now = now
    newsroom = Newsroom(store: store, settings: settings)
    feishu = settings.feishuApp.map { FeishuAPI(app: $0) }
  }

  /// Looks for news and for what is due, at once and then at a steady pace, until the server stops.
  func run() async throws {
    try await HTTPClient.withHTTPClient(configuration: Sender.configuration) { client in
      let sender = Sender(client: client)
      await cancelWhenGracefulShutdown {
        var rounds = Rounds()
        while !Task.isCancelled {
          await round(&rounds, sender)
          // The end of the waiting is the end of the loop.
          try? await Task.sleep(for: settings.pace)
        }
      }
    }
  }

  /// What is remembered from round to round.
  struct Rounds: Sendable {
    /// When a destination may be sent to next; it is left alone for a while after a failure.
    var free: [String: ContinuousClock.Instant] = [:]
    /// The last fault that the log was told of: one that lasts is told once.
    var fault: String?
  }

  /// Gathers the news and sends what is due.
  func round(_ rounds: inout Rounds, _ sender: Sender) async {
    do {
      try await newsroom.gather(at: now())
      let due = try await store.dueMessages(at: now())
      let free = rounds.free
      let next = try await withThrowingTaskGroup(of: (String, ContinuousClock.Instant).self) {
        group in
        for (name, messages) in Dictionary(grouping: due, by: \.destination) {
          group.addTask { (name, try await deliver(messages, free: free[name], sender)) }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      rounds.free.merge(next) { _, new in new }
      rounds.fault = nil
    } catch is CancellationError {
      return
    } catch {
      let fault = "\(error)"
      if rounds.fault != fault {
        logger.error("messages wait", metadata: ["error": "\(fault)"])
      }
      rounds.fault = fault
    }
  }

  /// Sends messages to one destination, no faster than it bears.
  ///
  /// - Returns: When it may be sent to next.
  private func deliver(
    _ messages: [OutboxMessage],
    free: ContinuousClock.Instant?,
    _ sender: Sender
  ) async throws -> ContinuousClock.Instant {
    let clock = ContinuousClock()
    var next = free ?? clock.now
    for message in messages where next <= clock.now {
      let receipt = await send(message, sender)
      try await note(receipt, on: message)
      switch receipt {
      case .delivered, .refused:
        let pause = settings.destination(named: message.destination)?.pause ?? 0
        next = clock.now + .milliseconds(pause)
      case .tryLater:
        // A reply has an address of its own; a destination that fails fails for all its messages.
        guard message.destination != OutboxReply.destination else { continue }
        next = clock.now + .milliseconds(Backoff.delay(after: message.attempts + 1))
      }
    }
    return next
  }

  private func send(_ message: OutboxMessage, _ sender: Sender) async -> Receipt {
    if message.destination == OutboxReply.destination { return await reply(message, sender) }
    guard let destination = settings.destination(named: message.destination),
      let notice = try? CanonicalJSON.read(Notice.self, from: message.message)
    else { return .refused(reason: "there is no such destination any more") }
    let request = OutgoingRequest(notice, to: destination, delivery: message.id, now: now())
    return await sender.send(request).receipt(readsCode: destination.kind.readsCode)
  }

  private func reply(_ message: OutboxMessage, _ sender: Sender) async -> Receipt {
    guard let reply = try? CanonicalJSON.read(OutboxReply.self, from: message.message) else {
      return .refused(reason: "the answer cannot be read")
    }
    switch reply.address.place {
    case .feishuMessage(let id):
      guard let feishu else { return .refused(reason: "no app of Feishu is set up") }
      return await feishu.reply(reply.reply, to: id, by: sender, at: now())
    case .url:
      guard let request = OutgoingRequest(reply.reply, to: reply.address) else {
        return .refused(reason: "the answer has no address")
      }
      return await sender.send(request).receipt(readsCode: reply.address.platform != .slack)
    }
  }

  /// Writes down what became of a message.
  private func note(_ receipt: Receipt, on message: OutboxMessage) async throws {
    switch receipt {
    case .delivered:
      try await store.delivered(message.id)
    case .tryLater(let reason) where message.attempts + 1 < Backoff.mostAttempts:
      let delay = Backoff.delay(after: message.attempts + 1)
      let next = Instant(milliseconds: now().milliseconds + delay)
      try await store.undelivered(message.id, because: reason, next: next)
    case .tryLater(let reason), .refused(let reason):
      logger.error(
        "message given up",
        metadata: ["destination": "\(message.destination)", "reason": "\(reason)"]
      )
      try await store.undelivered(message.id, because: reason, next: nil)
    }
  }
}

extension ChatSettings {
  fileprivate func destination(named name: String) -> Destination? {
    destinations.first { $0.name == name }
  }
}

extension Destination.Kind {
  /// Whether what refuses answers 200 and says so inside.
  fileprivate var readsCode: Bool {
    switch self {
    case .feishu, .dingtalk, .wecom: true
    case .slack, .webhook: false
    }
  }
}
