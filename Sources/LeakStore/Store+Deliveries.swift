import GRDB
package import LeakModel

extension Store {
  /// Claims a delivery under all the keys that name it; who comes second is told so.
  ///
  /// What was claimed before `forgotten` is forgotten on the way. Uses index `deliveryByTime`.
  ///
  /// - Returns: Whether none of the keys was taken; if one was, none is taken now.
  package func claim(
    _ keys: [String],
    at time: Instant,
    forgetting forgotten: Instant
  ) async throws -> Bool {
    try await write { db in
      try db.execute(literal: "DELETE FROM delivery WHERE at < \(forgotten.milliseconds)")
      for key in Set(keys) where try DeliveryRow.exists(db, key: key) { return false }
      for key in Set(keys) { try DeliveryRow(key: key, at: time.milliseconds).insert(db) }
      return true
    }
  }

  /// Gives a delivery back that could not be worked on: its repetition is welcome.
  package func release(_ keys: [String]) async throws {
    try await write { db in _ = try DeliveryRow.deleteAll(db, keys: keys) }
  }
}

/// A delivery as table `delivery` holds it.
private struct DeliveryRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "delivery"

  let key: String
  let at: Int64
}
