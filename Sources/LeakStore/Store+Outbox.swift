import GRDB
package import LeakModel

/// A message that has not been delivered yet.
package struct OutboxMessage: Sendable, Equatable {
  /// Never given twice.
  package let id: Int64
  /// The name of the place it goes to.
  package let destination: String
  /// What to send, as JSON.
  package let message: String
  /// How often it was tried.
  package let attempts: Int
  package let createdAt: Instant
  /// When it is of no use any more; nil for never.
  package let expiresAt: Instant?
}

/// A message on its way into the outbox.
package struct NewOutboxMessage: Sendable, Equatable {
  package let destination: String
  /// JSON.
  package let message: String
  package let expiresAt: Instant?

  package init(destination: String, message: String, expiresAt: Instant? = nil) {
    self.destination = destination
    self.message = message
    self.expiresAt = expiresAt
  }
}

/// How many messages wait, and how many were given up.
package struct OutboxCount: Sendable, Equatable {
  package let waiting: Int
  package let givenUp: Int

  package init(waiting: Int, givenUp: Int) {
    self.waiting = waiting
    self.givenUp = givenUp
  }
}

extension Store {
  /// Puts messages into the outbox; they are due at once.
  package func queue(_ messages: [NewOutboxMessage], at time: Instant) async throws {
    try await write { db in try Self.queue(messages, at: time, db) }
  }

  /// The messages that are due, those that wait longest first; those that expired are deleted.
  ///
  /// Uses index `outboxByNextAttempt`.
  package func dueMessages(at time: Instant, limit: Int = 100) async throws -> [OutboxMessage] {
    // Asked every second: only when something has expired is there anything to write.
    let due = try await read { db in
      try OutboxRow.filter(Column("nextAttemptAt") <= time.milliseconds)
        .order(Column("nextAttemptAt"), Column("id")).limit(limit).fetchAll(db).map(\.outgoing)
    }
    let expired = due.filter { $0.expiresAt.map { $0 < time } ?? false }.map(\.id)
    guard !expired.isEmpty else { return due }
    try await write { db in _ = try OutboxRow.deleteAll(db, keys: expired) }
    return due.filter { !expired.contains($0.id) }
  }

  /// Forgets a message that was delivered.
  package func delivered(_ id: Int64) async throws {
    try await write { db in _ = try OutboxRow.deleteOne(db, key: id) }
  }

  /// Notes that a message was not taken, and when to try again; nil to give up.
  ///
  /// The reason holds no addresses: they are secrets.
  package func undelivered(_ id: Int64, because reason: String, next: Instant?) async throws {
    try await write { db in
      try db.execute(
        literal: """
          UPDATE outbox
          SET attempts = attempts + 1,
              nextAttemptAt = \(next?.milliseconds),
              lastError = \(reason)
          WHERE id = \(id)
          """
      )
    }
  }

  /// Counts what the outbox holds.
  package func outboxCount() async throws -> OutboxCount {
    try await read { db in
      let all = try OutboxRow.fetchCount(db)
      let givenUp = try OutboxRow.filter(Column("nextAttemptAt") == nil).fetchCount(db)
      return OutboxCount(waiting: all - givenUp, givenUp: givenUp)
    }
  }

  static func queue(_ messages: [NewOutboxMessage], at time: Instant, _ db: Database) throws {
    for message in messages {
      try OutboxRow(
        id: nil,
        destination: message.destination,
        message: message.message,
        createdAt: time.milliseconds,
        expiresAt: message.expiresAt?.milliseconds,
        attempts: 0,
        nextAttemptAt: time.milliseconds,
        lastError: nil
      ).insert(db)
    }
  }
}

/// A message as table `outbox` holds it.
private struct OutboxRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "outbox"

  let id: Int64?
  let destination: String
  let message: String
  let createdAt: Int64
  let expiresAt: Int64?
  let attempts: Int
  let nextAttemptAt: Int64?
  let lastError: String?

  var outgoing: OutboxMessage {
    OutboxMessage(
      id: id ?? 0,
      destination: destination,
      message: message,
      attempts: attempts,
      createdAt: Instant(milliseconds: createdAt),
      expiresAt: expiresAt.map { Instant(milliseconds: $0) }
    )
  }
}
