import GRDB
package import LeakModel

extension Store {
  /// Puts the functions in an incident's stacks where search finds them, in place of those before.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func setFrames(_ functions: some Sequence<String>, of id: IncidentID) async throws {
    let functions = Set(functions).sorted()
    try await write { db in
      _ = try IncidentRow.find(id, in: db)
      try db.execute(literal: "DELETE FROM frame WHERE incident = \(id.number)")
      for function in functions {
        try FrameRow(incident: id.number, function: function).insert(db)
      }
      try SearchDocument.reindex(id, in: db)
    }
  }

  /// Finds incidents, the best first.
  ///
  /// All terms must be in an incident; when fewer than three are found so, those that have any of
  /// the terms come after them. A query without terms lists the newest that its filter lets
  /// through; one whose terms hold no word finds nothing. Uses the text index `incidentSearch`.
  ///
  /// - Parameters:
  ///   - query: The terms and filters.
  ///   - limit: How many to find at most, 1 to 200; the text of each is read for its snippets.
  /// - Returns: The hits; empty when nothing is found.
  /// - Throws: `StoreError`.
  package func search(_ query: SearchQuery, limit: Int = 20) async throws -> [SearchHit] {
    let limit = min(max(limit, 1), 200)
    return try await read { db in
      guard !query.terms.isEmpty else {
        return try Self.newest(query.filter, limit: limit, after: nil).fetchAll(db)
          .map { try Match(id: $0.id, score: 0).hit(of: query, matchesAll: true, in: db) }
      }
      let patterns = query.terms.compactMap(\.pattern).map { "(\($0))" }
      guard !patterns.isEmpty else { return [] }
      let all = try Self.matches(patterns.joined(separator: " AND "), query.filter, limit: limit)
        .fetchAll(db)
      var hits = try all.map { try $0.hit(of: query, matchesAll: true, in: db) }
      guard all.count < 3, patterns.count > 1 else { return hits }
      let found = Set(all.map(\.id))
      let some = try Self.matches(patterns.joined(separator: " OR "), query.filter, limit: limit)
        .fetchAll(db)
      for match in some where !found.contains(match.id) && hits.count < limit {
        hits.append(try match.hit(of: query, matchesAll: false, in: db))
      }
      return hits
    }
  }

  /// The incidents whose text matches an FTS5 pattern, the best first.
  ///
  /// A word in the title says more than one in a story, and the functions at fault say most; a
  /// long stack says little with each of its frames.
  private static func matches(
    _ pattern: String,
    _ filter: IncidentFilter,
    limit: Int
  ) -> SQLRequest<Match> {
    let conditions = ["incidentSearch MATCH \(pattern)"] + filter.conditions
    return """
      SELECT incident.id, -bm25(incidentSearch, 4, 2, 2, 3, 4, 1, 1, 2) AS score
      FROM incidentSearch
      JOIN incident ON incident.id = incidentSearch.rowid
      WHERE \(conditions.joined(separator: "\n  AND "))
      ORDER BY score DESC, incident.id DESC
      LIMIT \(limit)
      """
  }
}

/// An incident found, and how well it fits.
private struct Match: Decodable, FetchableRecord {
  let id: Int64
  let score: Double

  /// The hit with its incident and snippets.
  func hit(of query: SearchQuery, matchesAll: Bool, in db: Database) throws -> SearchHit {
    let document = try SearchDocument(of: IncidentID(number: id), in: db)
    let snippets = SearchField.allCases.lazy.flatMap { field in
      document.texts[field, default: []].lazy.compactMap { text in
        Snippet(field: field, text: text, terms: query.terms)
      }
    }
    return SearchHit(
      incident: document.incident,
      cause: document.cause,
      score: score,
      matchesAll: matchesAll,
      snippets: Array(snippets.prefix(3))
    )
  }
}
