import GRDB
import LeakModel

/// How the incidents that a search finds are spread over services, causes, states and months.
package struct SearchFacets: Sendable, Equatable {
  /// A value and how many of the incidents counted have it.
  package struct Count: Sendable, Equatable {
    package let value: String
    package let incidents: Int
  }

  /// The most frequent first, ten at most.
  package let services: [Count]
  /// The causes that persons settled, else those of the latest verdicts.
  package let causes: [Count]
  package let statuses: [Count]
  /// The months of opening in UTC, as `2026-11`; the latest first, twelve at most.
  package let months: [Count]
  /// How many incidents were counted.
  package let counted: Int
  /// Whether these are all that the search finds.
  package let isComplete: Bool
}

extension Store {
  /// The incidents counted: enough for a share to be right by a few in a hundred.
  private static let countedIncidents = 500

  /// Counts the services, causes, states and months of the incidents that a search finds.
  ///
  /// Of many the best are counted, of a query without terms the newest, so that the work is
  /// bounded. Uses the primary key of `incident` and index `verdictByIncident`.
  ///
  /// - Parameter query: The terms, all of which an incident must have, and filters.
  /// - Returns: The counts; without any where nothing is found.
  /// - Throws: `StoreError`.
  package func facets(of query: SearchQuery) async throws -> SearchFacets {
    try await read { db in
      let (ids, isComplete) = try Self.found(by: query, in: db)
      let list = "[\(ids.map(String.init).joined(separator: ","))]"
      let rows = try SQLRequest<Row>(
        """
        SELECT service, status, strftime('%Y-%m', openedAt / 1000, 'unixepoch'),
          ifnull(incident.cause, (
            SELECT verdict.cause
            FROM verdict
            WHERE verdict.incident = incident.id
            ORDER BY verdict.id DESC
            LIMIT 1
          ))
        FROM json_each(\(list)) AS wanted
        CROSS JOIN incident ON incident.id = wanted.value
        """
      ).fetchAll(db)
      let months = Self.counts(rows.map { $0[2] }).sorted { $1.value < $0.value }
      return SearchFacets(
        services: Array(Self.counts(rows.map { $0[0] }).prefix(10)),
        causes: Array(Self.counts(rows.map { $0[3] }).prefix(10)),
        statuses: Self.counts(rows.map { $0[1] }),
        months: Array(months.prefix(12)),
        counted: rows.count,
        isComplete: isComplete
      )
    }
  }

  /// The incidents to count, and whether there are no others.
  private static func found(
    by query: SearchQuery,
    in db: Database
  ) throws -> (ids: [Int64], isComplete: Bool) {
    guard !query.terms.isEmpty else {
      let ids = try newest(query.filter, limit: countedIncidents + 1, in: db).map(\.id)
      return (Array(ids.prefix(countedIncidents)), ids.count <= countedIncidents)
    }
    let terms = query.terms.filter { !$0.forms.isEmpty }
    let search = try RankedSearch(terms, query.filter, in: db)
    let answer = try search.best(countedIncidents, needsAll: true)
    var ids = answer.matches.map(\.id)
    if search.needsText {
      let texts = try IndexedText(db)
      ids = try ids.filter { try texts.has(terms, in: $0) }
    }
    return (ids, answer.isComplete)
  }

  /// The values with their frequencies, the most frequent first.
  private static func counts(_ values: [String?]) -> [SearchFacets.Count] {
    var counts: [String: Int] = [:]
    for value in values { if let value { counts[value, default: 0] += 1 } }
    return counts.map { SearchFacets.Count(value: $0.key, incidents: $0.value) }
      .sorted { ($1.incidents, $0.value) < ($0.incidents, $1.value) }
  }
}
