import Foundation
import GRDB
import LeakModel

/// Finds the best incidents for some terms with bounded work: filters first, then rare terms, then
/// of common terms only the places where they say most.
struct RankedSearch {
  /// An incident with its score; larger is better.
  struct Match {
    let id: Int64
    let score: Double
  }

  /// What is found, and whether nothing else can be.
  struct Answer {
    var matches: [Match]
    var isComplete: Bool
  }

  /// A filter or a term that lets no more incidents through is looked through whole.
  private static let fewIncidents = 2_000
  /// The places read of a term in the first round, and in how many rounds that is doubled.
  private static let (places, rounds) = (4_000, 4)
  /// The incidents scored in one round.
  private static let scoredAtOnce = 1_200

  private let terms: [RankedTerm]
  private let conditions: [SQL]
  private let meanLength: Double
  private let db: Database

  init(_ terms: [SearchTerm], _ filter: IncidentFilter, in db: Database) throws {
    let totals = try WordIndex.totals(in: db)
    self.terms = try terms.map { try RankedTerm($0, incidents: totals.incidents, in: db) }
    self.conditions = filter.conditions
    self.meanLength = totals.meanLength
    self.db = db
  }

  /// The incidents that have all terms, or with `needsAll` false any of them, the best first.
  func best(_ limit: Int, needsAll: Bool) throws -> Answer {
    let asked = terms.filter { !$0.forms.isEmpty }
    guard !asked.isEmpty, !needsAll || asked.count == terms.count else {
      return Answer(matches: [], isComplete: true)
    }
    if let few = try fewByFilter() {
      return Answer(matches: try score(few, asked, needsAll), isComplete: true)
    }
    let byRarity = asked.sorted { $0.incidents < $1.incidents }
    let leaders = needsAll ? Array(byRarity.prefix(1)) : byRarity
    if leaders.reduce(0, { $0 + $1.incidents }) <= Self.fewIncidents {
      var found: Set<Int64> = []
      for key in leaders.flatMap(\.keys) {
        for place in try Store.places(of: key.id, limit: key.incidents, in: db) {
          found.insert(place.incident)
        }
      }
      return Answer(matches: try score(try filtered(found), asked, needsAll), isComplete: true)
    }
    return try bestByPlaces(byRarity, limit, needsAll)
  }

  /// Reads the best places of all terms, ever more of them, until no unseen incident can be better
  /// than the worst that is wanted (Fagin's threshold algorithm, 2003).
  private func bestByPlaces(
    _ asked: [RankedTerm],
    _ limit: Int,
    _ needsAll: Bool
  ) throws -> Answer {
    var matches: [Int64: Match] = [:]
    var looked: Set<Int64> = []
    var depth = Self.places
    for _ in 0..<Self.rounds {
      var sums: [Int64: Double] = [:]
      var unseen = 0.0
      var isWhole = true
      for term in asked {
        var least = 0.0
        for key in term.keys {
          let places = try Store.places(of: key.id, limit: depth, in: db)
          let rarity = term.rarity[key.id, default: 0]
          for place in places {
            sums[place.incident, default: 0] += place.saturation * rarity
          }
          if places.count == depth, let last = places.last {
            isWhole = false
            least = max(least, last.saturation * rarity)
          }
        }
        unseen += least
      }
      let next = sums.filter { !looked.contains($0.key) }
        .sorted { ($1.value, $1.key) < ($0.value, $0.key) }
        .prefix(Self.scoredAtOnce).map(\.key)
      looked.formUnion(next)
      for match in try score(try filtered(Set(next)), asked, needsAll) { matches[match.id] = match }
      let ranked = Self.ranked(matches.values)
      let worst = ranked.count >= limit ? ranked[limit - 1].score : 0
      if isWhole, next.count < Self.scoredAtOnce {
        return Answer(matches: ranked, isComplete: true)
      }
      if ranked.count >= limit, worst >= unseen {
        return Answer(matches: ranked, isComplete: false)
      }
      depth *= 2
    }
    return Answer(matches: Self.ranked(matches.values), isComplete: false)
  }

  /// The incidents that the filter lets through, when they are few.
  private func fewByFilter() throws -> Set<Int64>? {
    guard !conditions.isEmpty else { return nil }
    let request: SQLRequest<Int64> = """
      SELECT incident.id
      FROM incident
      WHERE \(conditions.joined(separator: "\n  AND "))
      LIMIT \(Self.fewIncidents + 1)
      """
    let found = try request.fetchSet(db)
    return found.count > Self.fewIncidents ? nil : found
  }

  private func filtered(_ ids: Set<Int64>) throws -> Set<Int64> {
    guard !conditions.isEmpty, !ids.isEmpty else { return ids }
    let list = "[\(ids.map { String($0) }.joined(separator: ","))]"
    let request: SQLRequest<Int64> = """
      SELECT incident.id
      FROM json_each(\(list)) AS wanted
      CROSS JOIN incident ON incident.id = wanted.value
      WHERE \(conditions.joined(separator: "\n  AND "))
      """
    return try request.fetchSet(db)
  }

  private func score(
    _ ids: Set<Int64>,
    _ asked: [RankedTerm],
    _ needsAll: Bool
  ) throws -> [Match] {
    let scan = try WordScan(asked.flatMap { $0.forms.flatMap { $0.flatMap { $0 } } }, in: db)
    var matches: [Match] = []
    for id in ids {
      guard let (length, weights) = try scan.weights(of: id) else { continue }
      let parts = asked.map { $0.score(weights, length: length, meanLength: meanLength) }
      guard needsAll ? parts.allSatisfy({ $0 != nil }) : parts.contains(where: { $0 != nil })
      else { continue }
      matches.append(Match(id: id, score: parts.reduce(0) { $0 + ($1 ?? 0) }))
    }
    return Self.ranked(matches)
  }

  private static func ranked(_ matches: some Sequence<Match>) -> [Match] {
    matches.sorted { ($1.score, $1.id) < ($0.score, $0.id) }
  }

  /// Whether only the text can tell if a match is one: a phrase, an identifier, Chinese.
  var needsText: Bool { terms.contains(where: \.isPhrase) }
}
