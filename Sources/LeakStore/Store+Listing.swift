import GRDB
package import LeakModel

extension Store {
  /// The incidents that a filter lets through, the newest first, one page of them.
  ///
  /// Uses index `incidentByTime`, `incidentByServiceAndTime` or `incidentByStatusAndTime`. Pages
  /// neither repeat nor skip an incident when others are added in between.
  ///
  /// - Parameters:
  ///   - filter: Which incidents to list.
  ///   - limit: How many incidents a page holds at most, 1 to 1,000.
  ///   - cursor: Where the page begins, from the page before; nil begins with the newest.
  /// - Returns: The page; empty beyond the last incident.
  /// - Throws: `StoreError`.
  package func incidents(
    _ filter: IncidentFilter = IncidentFilter(),
    limit: Int = 50,
    after cursor: Cursor? = nil
  ) async throws -> Page<Incident> {
    let limit = min(max(limit, 1), 1_000)
    return try await read { db in
      let rows = try Self.newest(filter, limit: limit + 1, after: cursor).fetchAll(db)
      let items = rows.prefix(limit).map(\.incident)
      let next = rows.count > limit ? items.last.map(Cursor.init(after:)) : nil
      return Page(items: items, next: next)
    }
  }

  /// The newest incidents, those opened in one millisecond by descending number.
  static func newest(
    _ filter: IncidentFilter,
    limit: Int,
    after cursor: Cursor?
  ) -> SQLRequest<IncidentRow> {
    var conditions = filter.conditions
    if let cursor {
      conditions.append("(incident.openedAt, incident.id) < (\(cursor.time), \(cursor.number))")
    }
    return """
      SELECT incident.*
      FROM incident
      WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: "\n  AND "))
      ORDER BY incident.openedAt DESC, incident.id DESC
      LIMIT \(limit)
      """
  }
}

extension Cursor {
  fileprivate init(after incident: Incident) {
    self.init(time: incident.openedAt.milliseconds, number: incident.id.number)
  }
}
