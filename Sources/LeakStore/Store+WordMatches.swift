import Foundation
import GRDB
package import LeakModel

extension Store {
  /// The places that one look for words reads at most, a few nanoseconds each.
  private static let placeBudget = 200_000
  /// Incidents without the words that are counted in: in a base of three a word of two is not
  /// common, it is only not known yet.
  private static let otherIncidents = 50

  /// The incidents whose text fits some words best, any of them.
  ///
  /// Rare words are looked up first, and common ones only within a budget, so the cost does not grow
  /// with the base. Uses the primary key of `wordBlock`.
  /// The incident that asks is left out of all counts.
  package func wordMatches(
    _ words: Set<String>,
    limit: Int = 200,
    askedBy asked: IncidentID? = nil
  ) async throws -> Set<IncidentID> {
    try await read { db in
      var sums = try WordSums(in: db)
      var left = Self.placeBudget
      for word in try Self.rarities(of: words, askedBy: asked, in: db) where word.incidents > 0 {
        // The rarest is always read: else common words would find nothing.
        guard left == Self.placeBudget || word.incidents <= left else { break }
        left -= word.incidents
        try sums.add(word.id, rarity: word.rarity, in: db)
      }
      return Set(
        sums.best(limit, except: asked?.number).map { IncidentID(number: $0) }
      )
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
}

/// What words say in each incident, added up.
private struct WordSums {
  /// By the incidents' numbers.
  private var sums: [Float]

  init(in db: Database) throws {
    let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM incident") ?? 0
    sums = Array(repeating: 0, count: Int((last / WordBlock.incidents + 1) * WordBlock.incidents))
  }

  /// Adds what a word says.
  ///
  /// Uses the primary key of `wordBlock`.
  mutating func add(_ word: Int64, rarity: Double, in db: Database) throws {
    let find = try db.cachedStatement(
      sql: "SELECT id, places FROM wordBlock WHERE id BETWEEN ? AND ? ORDER BY id"
    )
    let range = WordBlock.rows(of: word)
    let rows = try Row.fetchCursor(find, arguments: [range.lowerBound, range.upperBound])
    while let row = try rows.next() {
      let first = Int(WordBlock.block(ofRow: row[0]) * WordBlock.incidents)
      // The word of an incident that is gone has no place, but a damaged file may hold one.
      guard first < sums.count else { break }
      try row.withUnsafeData(atIndex: 1) { places in
        places?.withUnsafeBytes { places in
          sums.withUnsafeMutableBufferPointer { sums in
            WordBlock.forEach(in: places, onStack: false) { incident, saturation in
              sums[first + incident] += Float(saturation * rarity)
            }
          }
        }
      }
    }
  }

  /// The incidents in which the words say most.
  func best(_ limit: Int, except asked: Int64?) -> [Int64] {
    var best = BestMatches(limit)
    sums.withUnsafeBufferPointer { sums in
      for incident in sums.indices where sums[incident] > 0 && Int64(incident) != asked {
        best.add(RankedSearch.Match(id: Int64(incident), score: Double(sums[incident])))
      }
    }
    return best.sorted().map(\.id)
  }
}
