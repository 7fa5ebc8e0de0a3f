import LeakCasebook
import LeakChat
import LeakModel
import LeakStore

/// A later answer to a chat, as the outbox keeps it.
struct OutboxReply: Sendable, Equatable, Codable {
  let reply: ChatReply
  let address: ReplyAddress

  /// What the outbox calls the place; destinations are not named like it.
  static let destination = "reply"

  /// The answer on its way; of no use when its address has expired.
  var message: NewOutboxMessage {
    get throws {
      NewOutboxMessage(
        destination: Self.destination,
        message: try CanonicalJSON.text(self),
        expiresAt: Instant(milliseconds: address.expiresAt)
      )
    }
  }
}
