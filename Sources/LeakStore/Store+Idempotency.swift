import GRDB
package import LeakModel

/// The answer that a request with an idempotency key was given.
package struct RememberedResponse: Sendable, Equatable {
  /// A hash of the request, to tell a repetition from another request under the same key.
  package let requestHash: String
  /// The answer as it was sent.
  package let response: String
  package let at: Instant

  package init(requestHash: String, response: String, at: Instant) {
    self.requestHash = requestHash
    self.response = response
    self.at = at
  }
}

extension Store {
  /// Remembers the answer to a request under its key, unless there is one already.
  ///
  /// - Returns: What stands under the key now: of two who come at once, both get the first's.
  @discardableResult
  package func remember(
    _ response: RememberedResponse,
    under key: String
  ) async throws -> RememberedResponse {
    try await write { db in
      if let row = try IdempotencyRow.fetchOne(db, key: key) { return row.remembered }
      try IdempotencyRow(
        key: key,
        requestHash: response.requestHash,
        response: response.response,
        at: response.at.milliseconds
      ).insert(db)
      return response
    }
  }

  /// The answer remembered under a key; nil when there is none.
  package func recall(_ key: String) async throws -> RememberedResponse? {
    try await read { db in try IdempotencyRow.fetchOne(db, key: key)?.remembered }
  }

  /// Forgets the answers given before a time.
  ///
  /// Uses index `idempotencyByTime`.
  package func forgetResponses(before time: Instant) async throws {
    try await write { db in
      try db.execute(literal: "DELETE FROM idempotency WHERE at < \(time.milliseconds)")
    }
  }
}

/// An answer as table `idempotency` holds it.
private struct IdempotencyRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "idempotency"

  let key: String
  let requestHash: String
  let response: String
  let at: Int64

  var remembered: RememberedResponse {
    RememberedResponse(
      requestHash: requestHash,
      response: response,
      at: Instant(milliseconds: at)
    )
  }
}
