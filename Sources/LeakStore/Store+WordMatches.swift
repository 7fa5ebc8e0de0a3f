import GRDB
package import LeakModel

extension Store {
  /// The rows of the index that one look for words reads at most, shared among the words.
  private static let placeBudget = 8_000
  /// Incidents without the words that are counted in: in a base of three a word of two is not
  /// common, it is only not known yet.
  private static let otherIncidents = 50

  /// The incidents whose text fits some words best, any of them.
  ///
  /// Rare words are looked up first, common ones only where they say most, so the cost does not
  /// grow with the base. Uses the primary key of `wordPlace`.
  /// The incident that asks is left out of all counts.
  package func wordMatches(
    _ words: Set<String>,
    limit: Int = 200,
    askedBy asked: IncidentID? = nil
  ) async throws -> Set<IncidentID> {
    try await read { db in
      let known = try Self.rarities(of: words, askedBy: asked, in: db)
      let perWord = Self.placeBudget / max(1, known.count)
      var partial: [Int64: Double] = [:]
      for word in known where word.incidents > 0 {
        for place in try Self.places(of: word.id, limit: perWord, in: db) {
          partial[place.incident, default: 0] += place.saturation * word.rarity
        }
      }
      if let asked { partial[asked.number] = nil }
      let best = partial.sorted { ($1.value, $1.key) < ($0.value, $0.key) }.prefix(limit)
      return Set(best.map { IncidentID(number: $0.key) })
    }
  }

  /// What each word says: its inverse document frequency, by BM25; one that none has says most.
  ///
  /// Uses the unique index of `word`.
  package func wordRarity(
    _ words: Set<String>,
    askedBy asked: IncidentID? = nil
  ) async throws -> [String: Double] {
    try await read { db in
      let all = try WordIndex.incidents(in: db) + Self.otherIncidents
      var rarity: [String: Double] = [:]
      for word in words { rarity[word] = WordScore.rarity(incidents: 0, of: all) }
      for word in try Self.rarities(of: words, askedBy: asked, in: db) {
        rarity[word.text] = word.rarity
      }
      return rarity
    }
  }

  /// The words that the index has, the rarest first.
  private static func rarities(
    of words: Set<String>,
    askedBy asked: IncidentID?,
    in db: Database
  ) throws -> [(id: Int64, text: String, incidents: Int, rarity: Double)] {
    let own = asked == nil ? 0 : 1
    let all = try WordIndex.incidents(in: db) - own + otherIncidents
    let find = try db.cachedStatement(sql: "SELECT id, incidents FROM word WHERE text = ?")
    return try words.compactMap { word in
      guard let row = try Row.fetchOne(find, arguments: [word]) else { return nil }
      let incidents = max(0, (row[1] as Int) - own)
      return (row[0], word, incidents, WordScore.rarity(incidents: incidents, of: all))
    }
    .sorted { ($0.incidents, $0.text) < ($1.incidents, $1.text) }
  }

  /// The places where a word says most.
  static func places(of word: Int64, limit: Int, in db: Database) throws -> [WordPlace] {
    let read = try db.cachedStatement(
      sql: "SELECT place FROM wordPlace WHERE word = ? ORDER BY place LIMIT ?"
    )
    return try Int64.fetchAll(read, arguments: [word, limit]).map(WordPlace.init)
  }
}
