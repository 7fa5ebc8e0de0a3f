import GRDB
package import LeakModel

/// What is known of a request with an idempotency key.
package struct RememberedRequest: Sendable, Equatable {
  /// A hash of the request, to tell a repetition from another request under the same key.
  package let requestHash: String
  /// The answer as it was sent; nil while the request is under way, or when it was cut off after
  /// something of it was kept.
  package let response: String?
  /// The incident that it wrote to, where it wrote to one.
  package let incident: IncidentID?
  package let at: Instant
}

extension Store {
  /// Remembers the answer to a request under its key, unless there is one already.
  ///
  /// - Parameters:
  ///   - response: The answer as it was sent.
  ///   - key: The request's key, which it has claimed if it wrote anything.
  ///   - requestHash: Tells a repetition from another request.
  ///   - time: When the request came.
  /// - Returns: What stands under the key now: of two who come at once, both get the first's.
  /// - Throws: `StoreError`.
  @discardableResult
  package func remember(
    _ response: String,
    under key: String,
    requestHash: String,
    at time: Instant
  ) async throws -> RememberedRequest {
    try await write { db in
      try db.execute(
        literal: """
          INSERT INTO idempotency (key, requestHash, response, at)
          VALUES (\(key), \(requestHash), \(response), \(time.milliseconds))
          ON CONFLICT (key) DO UPDATE
          SET response = excluded.response
          WHERE response IS NULL
            AND requestHash = excluded.requestHash
          """
      )
      return try IdempotencyRow.find(db, key: key).remembered
    }
  }

  /// What is known of the request under a key; nil when there was none.
  package func recall(_ key: String) async throws -> RememberedRequest? {
    try await read { db in try IdempotencyRow.fetchOne(db, key: key)?.remembered }
  }

  /// Forgets the requests that came before a time; answers how many they were.
  ///
  /// Uses index `idempotencyByTime`.
  @discardableResult
  package func forgetResponses(before time: Instant) async throws -> Int {
    try await write { db in
      try db.execute(literal: "DELETE FROM idempotency WHERE at < \(time.milliseconds)")
      return db.changesCount
    }
  }
}

/// A request as table `idempotency` holds it.
private struct IdempotencyRow: Codable, FetchableRecord, TableRecord {
  static let databaseTableName = "idempotency"

  let key: String
  let requestHash: String
  let response: String?
  let incident: Int64?
  let at: Int64

  var remembered: RememberedRequest {
    RememberedRequest(
      requestHash: requestHash,
      response: response,
      incident: incident.map { IncidentID(number: $0) },
      at: Instant(milliseconds: at)
    )
  }
}
