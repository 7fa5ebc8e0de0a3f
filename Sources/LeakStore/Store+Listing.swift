import GRDB
package import LeakModel

extension Store {
  /// The incidents that a filter lets through, one page of them.
  ///
  /// Uses index `incidentByTime`, `incidentByServiceAndTime` or `incidentByStatusAndTime`, for other
  /// orders `incidentByUpdate` or `incidentBySeverity`. Pages neither repeat nor skip an incident
  /// when others are added in between.
  ///
  /// - Parameters:
  ///   - filter: Which incidents to list.
  ///   - order: Which come first.
  ///   - limit: How many incidents a page holds at most, 1 to 1,000.
  ///   - cursor: Where the page begins, from the page before, of the same order; nil begins at the top.
  /// - Returns: The page; empty beyond the last incident.
  /// - Throws: `StoreError`.
  package func incidents(
    _ filter: IncidentFilter = IncidentFilter(),
    order: IncidentOrder = .newestFirst,
    limit: Int = 50,
    after cursor: Cursor? = nil
  ) async throws -> Page<Incident> {
    let limit = min(max(limit, 1), 1_000)
    return try await read { db in
      let rows = try Self.listed(filter, order, limit: limit + 1, after: cursor).fetchAll(db)
      let items = rows.prefix(limit).map(\.incident)
      let next = rows.count > limit ? items.last.map { Cursor(after: $0, in: order) } : nil
      return Page(items: items, next: next)
    }
  }

  /// The newest incidents, those opened in one millisecond by descending number.
  static func newest(
    _ filter: IncidentFilter,
    limit: Int,
    after cursor: Cursor?
  ) -> SQLRequest<IncidentRow> {
    listed(filter, .newestFirst, limit: limit, after: cursor)
  }

  private static func listed(
    _ filter: IncidentFilter,
    _ order: IncidentOrder,
    limit: Int,
    after cursor: Cursor?
  ) -> SQLRequest<IncidentRow> {
    var conditions = filter.conditions
    if let cursor { conditions.append(order.isBehind(cursor)) }
    return """
      SELECT incident.*
      FROM incident
      WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: "\n  AND "))
      ORDER BY \(order.terms)
      LIMIT \(limit)
      """
  }
}

extension Cursor {
  fileprivate init(after incident: Incident, in order: IncidentOrder) {
    self.init(time: order.value(of: incident), number: incident.id.number, order: order)
  }
}
