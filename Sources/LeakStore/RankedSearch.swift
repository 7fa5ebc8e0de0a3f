import Foundation
import GRDB
import LeakModel

/// Finds the best incidents for some terms with bounded work: filters first, then rare terms, then
/// of common terms only the places where they say most.
///
/// The threshold algorithm (Fagin, Lotem and Naor, 2003): the places of all terms are read side by
/// side, the most telling first, until no incident that was not seen can be among the best. Word
/// lists are read of those only that still can, by what was seen of them.
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
  /// Of a filter that lets no more through the incidents are known before places are read.
  private static let mostFiltered = 30_000
  /// The word lists read at once, and at most.
  private static let (listsAtOnce, mostLists) = (100, 2_400)
  /// To look at more lists than this costs more than to read on, which shows that most are none.
  private static let cheapLists = 600
  /// What places tell is rounded: what falls short by no more is looked at.
  private static let tolerance = 0.999

  private let terms: [RankedTerm]
  private let filter: IncidentFilter
  private let scan: WordScan
  private let db: Database

  init(_ terms: [SearchTerm], _ filter: IncidentFilter, in db: Database) throws {
    let all = try WordIndex.incidents(in: db)
    self.terms = try terms.map { try RankedTerm($0, incidents: all, in: db) }
      .sorted { $0.incidents < $1.incidents }
    self.filter = filter
    self.scan = WordScan(self.terms.flatMap { $0.words.map(\.id) }, filter.conditions, in: db)
    self.db = db
  }

  /// Whether only the text can tell if a match is one: a phrase, an identifier, Chinese.
  var needsText: Bool { terms.contains(where: \.isPhrase) }

  /// The incidents that have all terms, or with `needsAll` false any of them, the best first.
  ///
  /// - Parameters:
  ///   - limit: How many are wanted; more may be answered, and these need not be the next best.
  ///   - needsAll: Whether an incident must have all terms.
  /// - Returns: The incidents found; none where a term has no word that the index knows.
  /// - Throws: What the engine throws.
  func best(_ limit: Int, needsAll: Bool) throws -> Answer {
    let asked = terms.filter { !$0.forms.isEmpty }
    guard !asked.isEmpty, !needsAll || asked.count == terms.count else {
      return Answer(matches: [], isComplete: true)
    }
    let isFiltered = !filter.conditions.isEmpty
    let wanted = try filter.reach(most: Self.mostFiltered, in: db)
    if let wanted, wanted.count <= Self.fewIncidents {
      return Answer(matches: Self.ranked(try score(wanted, asked, needsAll)), isComplete: true)
    }
    var sightings = Sightings(
      asked,
      few: Self.fewIncidents,
      needsAll: needsAll,
      among: wanted.map(Set.init),
      in: db
    )
    var matches: [Match] = []
    var looked: Set<Int64> = []
    while true {
      try sightings.readOn()
      let sure = sightings.sureWorth(at: limit)
      guard
        sightings.isAtEnd
          || sure >= sightings.mostUnseen
            && sightings.openCount(over: sure * Self.tolerance) <= Self.cheapLists
      else { continue }
      // What was seen is sure where there is no filter.
      var least = max(Self.least(of: matches, limit), isFiltered ? 0 : sure)
      let promising = sightings.promising(over: least * Self.tolerance)
        .filter { !looked.contains($0.incident) }
      var next = promising[...]
      while !next.isEmpty, looked.count < Self.mostLists {
        let ids = next.prefix(Self.listsAtOnce).filter { $0.most > least * Self.tolerance }
          .map(\.incident)
        next = next.dropFirst(Self.listsAtOnce)
        guard !ids.isEmpty else { continue }
        looked.formUnion(ids)
        matches = Self.ranked(matches + (try score(ids, asked, needsAll)))
        least = max(least, Self.least(of: matches, limit))
      }
      let isEnough = least > 0 && least >= sightings.mostUnseen
      guard isEnough || sightings.isAtEnd || looked.count >= Self.mostLists else { continue }
      return Answer(matches: matches, isComplete: sightings.isWhole && next.isEmpty && least == 0)
    }
  }

  /// The score of the last that is wanted; 0 while there are fewer.
  private static func least(of ranked: [Match], _ limit: Int) -> Double {
    ranked.count >= limit ? ranked[limit - 1].score : 0
  }

  private func score(
    _ ids: some Sequence<Int64>,
    _ asked: [RankedTerm],
    _ needsAll: Bool
  ) throws -> [Match] {
    try scan.find(in: ids).compactMap { found in
      var score = 0.0
      var isMatch = needsAll
      for term in asked {
        let said = term.score(found.weights, scan.ids, length: found.length)
        guard let said else {
          if needsAll { return nil }
          continue
        }
        isMatch = true
        score += said
      }
      return isMatch ? Match(id: found.incident, score: score) : nil
    }
  }

  private static func ranked(_ matches: [Match]) -> [Match] {
    matches.sorted { ($1.score, $1.id) < ($0.score, $0.id) }
  }
}
