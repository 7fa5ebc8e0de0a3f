import GRDB
package import LeakModel

/// A service that incidents or snapshots were reported for.
package struct Service: Sendable, Equatable {
  package let name: String
  /// The memory that its container may use; nil when nobody has said.
  package let limit: Bytes?
  /// The earliest time that an incident or snapshot speaks of.
  package let firstSeen: Instant
  /// The latest such time.
  package let lastSeen: Instant
}

extension Store {
  /// The services, in the order of their names.
  package func services() async throws -> [Service] {
    try await read { db in
      try ServiceRow.order(Column("name")).fetchAll(db).map(\.service)
    }
  }

  /// Fetches a service; nil when nothing was ever reported for it.
  package func service(named name: String) async throws -> Service? {
    try await read { db in try ServiceRow.fetchOne(db, key: name)?.service }
  }

  /// Sets the memory that a service's container may use; nil forgets it.
  package func setLimit(_ limit: Bytes?, of service: String, at time: Instant) async throws {
    try await write { db in
      try Self.see(service: service, at: time, db)
      try db.execute(
        literal: "UPDATE service SET limitBytes = \(limit?.count) WHERE name = \(service)"
      )
    }
  }

  /// Makes a service known, or widens the time in which it was seen.
  static func see(service: String, at time: Instant, _ db: Database) throws {
    let at = time.milliseconds
    try db.execute(
      literal: """
        INSERT INTO service (name, firstSeen, lastSeen)
        VALUES (\(service), \(at), \(at))
        ON CONFLICT (name) DO UPDATE
        SET firstSeen = min(firstSeen, excluded.firstSeen),
            lastSeen = max(lastSeen, excluded.lastSeen)
        """
    )
  }
}

/// A service as table `service` holds it.
private struct ServiceRow: Codable, FetchableRecord, TableRecord {
  static let databaseTableName = "service"

  let name: String
  let limitBytes: Int64?
  let firstSeen: Int64
  let lastSeen: Int64

  var service: Service {
    Service(
      name: name,
      limit: limitBytes.map { Bytes($0) },
      firstSeen: Instant(milliseconds: firstSeen),
      lastSeen: Instant(milliseconds: lastSeen)
    )
  }
}
