import GRDB
package import LeakModel
import Synchronization

/// A request's hold on its idempotency key, taken in the same transaction as the first thing that
/// the request writes.
///
/// So there is no moment at which a crash leaves the work done and the key free.
package final class Claim: Sendable {
  /// The claim of the request that the task works for.
  @TaskLocal package static var current: Claim?

  private let key: String
  private let requestHash: String
  private let at: Instant
  private let taken = Mutex(false)

  package init(key: String, requestHash: String, at: Instant) {
    self.key = key
    self.requestHash = requestHash
    self.at = at
  }

  /// Whether anything was written under the claim.
  package var isTaken: Bool { taken.withLock { $0 } }

  /// Runs a body within a transaction and takes the claim with it.
  ///
  /// - Throws: `StoreError.alreadyClaimed` when another process was first.
  func covering<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
    guard !isTaken else { return try body(db) }
    let before = try Self.lastEvent(db)
    let result = try body(db)
    let event = try Self.lastEvent(db)
    let incident = event?.id == before?.id ? nil : event?.incident
    try db.execute(
      literal: """
        INSERT INTO idempotency (key, requestHash, response, incident, at)
        VALUES (\(key), \(requestHash), NULL, \(incident), \(at.milliseconds))
        ON CONFLICT (key) DO NOTHING
        """
    )
    guard db.changesCount > 0 else { throw StoreError.alreadyClaimed }
    db.afterNextTransaction { _ in self.taken.withLock { $0 = true } }
    return result
  }

  private static func lastEvent(_ db: Database) throws -> EventRow? {
    try EventRow.order(Column("id").desc).fetchOne(db)
  }
}
