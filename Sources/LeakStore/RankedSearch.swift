import GRDB
import LeakModel

/// Finds the best incidents for some terms: the places of all words are added up, a thousand
/// incidents at a time, the rarest words first.
///
/// The work grows with the number of places, a few nanoseconds each, and with nothing else: what
/// cannot be told by places is looked at for a bounded number of the best.
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

  /// Of a stretch of time that holds no more, the incidents are known before places are read.
  private static let mostInTime = 30_000
  /// The best by their places that are looked at, where places alone cannot tell.
  private static let mostLooks = 4_000
  private static let looksAtOnce = 100
  /// Where any term is enough, the commonest are left out beyond so many places: they say little,
  /// and a pasted page of text has hundreds.
  private static let mostPlaces = 2_000_000

  private let terms: [RankedTerm]
  /// What the filter asks for.
  private let required: [RankedTerm]
  private let filter: IncidentFilter
  private let scan: BlockScan
  private let db: Database

  init(_ terms: [SearchTerm], _ filter: IncidentFilter, in db: Database) throws {
    let all = try WordIndex.incidents(in: db)
    self.terms = try terms.map { try RankedTerm($0, incidents: all, in: db) }
      .sorted { $0.incidents < $1.incidents }
    self.required = try filter.required(in: db).sorted { $0.incidents < $1.incidents }
    self.filter = filter
    self.scan = try BlockScan(db)
    self.db = db
  }

  /// Whether only the text can tell if a match is one: a phrase, an identifier, Chinese.
  var needsText: Bool { terms.contains(where: \.isPhrase) }

  /// The incidents that have all terms, or with `needsAll` false any of them, the best first.
  ///
  /// - Parameters:
  ///   - limit: How many are wanted at most.
  ///   - needsAll: Whether an incident must have all terms.
  /// - Returns: The incidents found; none where a term has no word that the index knows.
  /// - Throws: What the engine throws.
  func best(_ limit: Int, needsAll: Bool) throws -> Answer {
    let inTime = try filter.incidentsInTime(most: Self.mostInTime, in: db)
    let isTold = !required.contains(where: \.isPhrase) && (inTime != nil || !filter.hasTime)
    var best = BestMatches(isTold ? limit : max(limit, Self.mostLooks))
    let asked = needsAll ? terms : affordable
    let wanted = inTime.map { Dictionary(grouping: $0) { $0 / WordBlock.incidents } }
    for block in try blocks(asked, needsAll: needsAll) {
      if let wanted, wanted[block] == nil { continue }
      try add(block, asked, needsAll: needsAll, among: wanted?[block], to: &best)
    }
    let candidates = best.sorted()
    guard !isTold else {
      return Answer(matches: candidates, isComplete: best.found == candidates.count)
    }
    var matches: [Match] = []
    var looked = 0
    while matches.count < limit, looked < candidates.count {
      let next = candidates[looked...].prefix(Self.looksAtOnce)
      looked += next.count
      matches += try filter.passing(Array(next), in: db)
    }
    return Answer(
      matches: Array(matches.prefix(limit)),
      isComplete: looked == best.found && matches.count <= limit
    )
  }

  /// The incidents that have what the filter asks for, where these are known to be no more than
  /// `most` before they are read; its time and the order of a function's words are not looked at.
  func few(_ most: Int) throws -> [Int64]? {
    guard let rarest = required.first, rarest.incidents <= most else { return nil }
    var best = BestMatches(most)
    for block in try blocks([], needsAll: true) {
      try add(block, [], needsAll: true, among: nil, to: &best)
    }
    return best.sorted().map(\.id)
  }

  /// The rarest of the terms.
  private var affordable: [RankedTerm] {
    var places = 0
    return terms.enumerated().prefix { index, term in
      places += term.incidents
      return index == 0 || places <= Self.mostPlaces
    }
    .map(\.element)
  }

  /// The blocks that may hold a match, ascending.
  private func blocks(_ terms: [RankedTerm], needsAll: Bool) throws -> [Int64] {
    let must = required + (needsAll ? terms : [])
    guard must.allSatisfy({ !$0.forms.isEmpty }) else { return [] }
    if let rarest = must.min(by: { $0.incidents < $1.incidents }) {
      return try scan.blocks(of: rarest).sorted()
    }
    return try terms.reduce(into: Set<Int64>()) { $0.formUnion(try scan.blocks(of: $1)) }.sorted()
  }

  /// Adds the matches of a block.
  private func add(
    _ block: Int64,
    _ terms: [RankedTerm],
    needsAll: Bool,
    among wanted: [Int64]?,
    to best: inout BestMatches
  ) throws {
    let first = block * WordBlock.incidents
    var scores = BlockScores(among: wanted?.map { Int($0 - first) })
    for term in required {
      guard let said = try scan.said(by: term, in: block) else { return }
      scores.keep(where: said)
    }
    for term in terms {
      guard let said = try scan.said(by: term, in: block) else {
        if needsAll { return }
        continue
      }
      scores.add(said, isNeeded: needsAll)
      guard scores.areAny else { return }
    }
    scores.visit { place, score in
      guard score > 0 || terms.isEmpty else { return }
      best.add(Match(id: first + Int64(place), score: score))
    }
  }
}
