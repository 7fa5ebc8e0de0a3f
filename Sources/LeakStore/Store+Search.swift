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
  /// through; one whose terms hold no word finds nothing. The work is bounded (`RankedSearch`);
  /// where the order of words matters the texts of the best are read, and the text index
  /// `incidentSearch` is asked, the newest first, when too few of them hold the phrase.
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
        return try Self.newest(query.filter, limit: limit, in: db).map {
          try Found(query, RankedSearch.Match(id: $0.id, score: 0), in: db).hit(matchesAll: true)
        }
      }
      var terms = query
      terms.terms = query.terms.filter { !$0.forms.isEmpty }
      let search = try RankedSearch(terms.terms, query.filter, in: db)
      var hits = try Self.confirmed(search, terms, limit, in: db)
      guard hits.count < 3, terms.terms.count > 1 else { return hits }
      let known = Set(hits.map(\.incident.id.number))
      for match in try search.best(limit, needsAll: false).matches.prefix(limit * 2) {
        guard hits.count < limit else { break }
        let found = try Found(terms, match, in: db)
        guard !known.contains(match.id), terms.terms.contains(where: found.has) else { continue }
        hits.append(found.hit(matchesAll: false))
      }
      return hits
    }
  }

  /// The best whose texts are compared with a phrase, before the text index is asked.
  private static let mostTexts = 1_000

  /// The best matches whose texts hold the terms as they were typed.
  private static func confirmed(
    _ search: RankedSearch,
    _ query: SearchQuery,
    _ limit: Int,
    in db: Database
  ) throws -> [SearchHit] {
    let answer = try search.best(search.needsText ? mostTexts : limit, needsAll: true)
    let texts = try IndexedText(db)
    var hits: [SearchHit] = []
    for match in answer.matches where hits.count < limit {
      guard try !search.needsText || texts.has(query.terms, in: match.id) else { continue }
      hits.append(try Found(query, match, in: db).hit(matchesAll: true))
    }
    guard search.needsText, hits.count < limit, !answer.isComplete else { return hits }
    let known = Set(hits.map(\.incident.id.number))
    let pattern = query.terms.compactMap(\.pattern).map { "(\($0))" }.joined(separator: " AND ")
    let least = answer.matches.last?.score ?? 0
    for id in try newest(pattern, query.filter, limit: limit).fetchAll(db)
    where !known.contains(id) && hits.count < limit {
      let match = RankedSearch.Match(id: id, score: least)
      hits.append(try Found(query, match, in: db).hit(matchesAll: true))
    }
    return hits
  }

  /// The newest incidents whose text matches an FTS5 pattern; unranked, so it stops early.
  private static func newest(
    _ pattern: String,
    _ filter: IncidentFilter,
    limit: Int
  ) -> SQLRequest<Int64> {
    let conditions = ["incidentSearch MATCH \(pattern)"] + filter.conditions
    return """
      SELECT incident.id
      FROM incidentSearch
      CROSS JOIN incident ON incident.id = incidentSearch.rowid
      WHERE \(conditions.joined(separator: "\n  AND "))
      ORDER BY incidentSearch.rowid DESC
      LIMIT \(limit)
      """
  }
}

/// An incident found, with its text.
private struct Found {
  private let query: SearchQuery
  private let match: RankedSearch.Match
  private let document: SearchDocument

  init(_ query: SearchQuery, _ match: RankedSearch.Match, in db: Database) throws {
    self.query = query
    self.match = match
    self.document = try SearchDocument(of: IncidentID(number: match.id), in: db)
  }

  /// Whether one of the texts holds a term as it was typed.
  func has(_ term: SearchTerm) -> Bool {
    document.texts.values.contains { $0.contains(where: term.isIn) }
  }

  /// How many snippets one hit has at most.
  private static let mostSnippets = 3

  /// The hit with its incident and snippets.
  func hit(matchesAll: Bool) -> SearchHit {
    var snippets: [Snippet] = []
    for field in SearchField.allCases {
      for text in document.texts[field, default: []] where snippets.count < Self.mostSnippets {
        guard let snippet = Snippet(field: field, text: text, terms: query.terms) else { continue }
        snippets.append(snippet)
      }
    }
    return SearchHit(
      incident: document.incident,
      cause: document.cause,
      score: match.score,
      matchesAll: matchesAll,
      snippets: snippets
    )
  }
}
