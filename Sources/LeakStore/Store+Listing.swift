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
      let rows = try Self.listed(filter, order, limit: limit + 1, after: cursor, in: db)
      let items = rows.prefix(limit).map(\.incident)
      let next = rows.count > limit ? items.last.map { Cursor(after: $0, in: order) } : nil
      return Page(items: items, next: next)
    }
  }

  /// The newest incidents, those opened in one millisecond by descending number.
  static func newest(
    _ filter: IncidentFilter,
    limit: Int,
    in db: Database
  ) throws -> [IncidentRow] {
    try listed(filter, .newestFirst, limit: limit, after: nil, in: db)
  }

  /// What a filter lets through when no more have it is found by the word index, and sorted; of the
  /// rest the rows are looked at in their order until the page is full.
  private static let fewIncidents = 10_000
  /// The rows whose functions are looked at for one page, a few at a time: 30 microseconds each.
  private static let (mostLooks, looksAtOnce) = (4_000, 200)

  private static func listed(
    _ filter: IncidentFilter,
    _ order: IncidentOrder,
    limit: Int,
    after cursor: Cursor?,
    in db: Database
  ) throws -> [IncidentRow] {
    let few = try filter.few(fewIncidents, in: db)
    guard filter.frame != nil else {
      return try rows(filter, few, order, limit: limit, after: cursor).fetchAll(db)
    }
    var (found, looked, last): ([IncidentRow], Int, Cursor?) = ([], 0, cursor)
    while found.count < limit, looked < mostLooks {
      let next = try rows(filter, few, order, limit: looksAtOnce, after: last).fetchAll(db)
      looked += next.count
      found += try next.filter { try filter.hasFrame(in: $0.incident.id, db) }
      guard next.count == looksAtOnce, let end = next.last else { break }
      last = Cursor(after: end.incident, in: order)
    }
    return Array(found.prefix(limit))
  }

  /// The rows that a filter lets through, whatever function it asks for.
  private static func rows(
    _ filter: IncidentFilter,
    _ few: [Int64]?,
    _ order: IncidentOrder,
    limit: Int,
    after cursor: Cursor?
  ) -> SQLRequest<IncidentRow> {
    var told = filter
    told.frame = nil
    var conditions = told.conditions
    if let cursor { conditions.append(order.isBehind(cursor)) }
    let list = "[\((few ?? []).lazy.map(String.init).joined(separator: ","))]"
    let source: SQL =
      few == nil
      ? "incident"
      : "json_each(\(list)) AS few CROSS JOIN incident ON incident.id = few.value"
    return """
      SELECT incident.*
      FROM \(source)
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
