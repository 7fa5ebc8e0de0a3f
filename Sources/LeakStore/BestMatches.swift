/// The best of many matches.
struct BestMatches {
  private let most: Int
  private var kept: [RankedSearch.Match] = []
  /// What is worth less than this is none of the best.
  private var least = 0.0
  /// How many matches there were.
  private(set) var found = 0

  init(_ most: Int) { self.most = most }

  /// Adds a match; those that cannot be among the best any more are dropped from time to time.
  mutating func add(_ match: RankedSearch.Match) {
    found += 1
    guard match.score >= least else { return }
    kept.append(match)
    guard kept.count >= 2 * most + 100 else { return }
    kept = sorted()
    least = kept.last?.score ?? least
  }

  /// The best, descending by score; of equal ones the newer first.
  func sorted() -> [RankedSearch.Match] {
    Array(kept.sorted { ($1.score, $1.id) < ($0.score, $0.id) }.prefix(most))
  }
}
