import GRDB
package import LeakModel

/// An event of a timeline that nobody was told of yet.
package struct NewsItem: Sendable, Equatable {
  /// Its place in the order of all events.
  package let number: Int64
  package let incident: Incident
  package let event: TimelineEvent
}

extension Store {
  /// Begins to follow the timelines from their present end, unless they are followed already.
  package func followNews() async throws {
    try await write { db in
      try db.execute(
        literal: """
          INSERT INTO newsCursor (id, lastEvent)
          SELECT 1, ifnull(max(id), 0)
          FROM event
          WHERE TRUE
          ON CONFLICT (id) DO NOTHING
          """
      )
    }
  }

  /// The events since the last that was told of, at most 200; empty before `followNews`.
  package func unreadNews() async throws -> [NewsItem] {
    try await read { db in
      guard let last = try Self.lastNews(db) else { return [] }
      let events = try EventRow.filter(Column("id") > last).order(Column("id")).limit(200)
        .fetchAll(db)
      return try events.map { row in
        let id = IncidentID(number: row.incident)
        return NewsItem(
          number: row.id ?? 0,
          incident: try IncidentRow.find(id, in: db).incident,
          event: row.event
        )
      }
    }
  }

  /// Puts messages about events into the outbox and notes that those events were told of.
  ///
  /// Both or neither, and once: of two processes that follow the same timelines one does it.
  package func tell(
    _ messages: [NewOutboxMessage],
    upTo number: Int64,
    at time: Instant
  ) async throws {
    try await write { db in
      try db.execute(
        literal: "UPDATE newsCursor SET lastEvent = \(number) WHERE lastEvent < \(number)"
      )
      guard db.changesCount > 0 else { return }
      try Self.queue(messages, at: time, db)
    }
  }

  private static func lastNews(_ db: Database) throws -> Int64? {
    let request: SQLRequest<Int64> = "SELECT lastEvent FROM newsCursor WHERE id = 1"
    return try request.fetchOne(db)
  }
}
