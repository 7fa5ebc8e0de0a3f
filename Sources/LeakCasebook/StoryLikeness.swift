import LeakAnalysis
import LeakModel

/// Compares the story of one incident with those of many: BM25 over its highest possible value.
struct StoryLikeness {
  /// Usual for BM25 (Robertson and Zaragoza, 2009).
  private static let (k1, b) = (1.2, 0.75)
  /// The words of a ticket and its fix, about.
  private static let typicalLength = 50.0

  /// The words as the index has them, without those that every story holds.
  let words: Set<String>
  /// The words by their stem.
  private let byStem: [String: [String]]

  init(_ text: String) {
    var words: Set<String> = []
    var byStem: [String: [String]] = [:]
    for token in TextSegmenter.tokens(of: text) {
      for word in [token.word] + token.parts where words.insert(word).inserted {
        guard let stem = Stems.of(word).first else {
          words.remove(word)
          continue
        }
        byStem[stem, default: []].append(word)
      }
    }
    self.words = words
    self.byStem = byStem
  }

  /// How much of what the words could say another incident's story and fix say too, 0 to 1.
  ///
  /// - Parameters:
  ///   - incident: The one compared.
  ///   - rarity: What each word says: its inverse document frequency.
  /// - Returns: The likeness and the words found, the rarest first.
  func compare(
    with incident: Incident,
    rarity: [String: Double]
  ) -> (likeness: Double, words: [String]) {
    var counts: [String: Double] = [:]
    var length = 0.0
    for stem in Stems.of(incident.told + "\n" + (incident.fix ?? "")) {
      counts[stem, default: 0] += 1
      length += 1
    }
    var likeness = 0.0
    var most = 0.0
    var found: [(word: String, rarity: Double)] = []
    for (stem, words) in byStem {
      let value = words.compactMap { rarity[$0] }.max() ?? 0
      most += value
      guard let count = counts[stem], let word = words.min() else { continue }
      let scale = 1 - Self.b + Self.b * length / Self.typicalLength
      likeness += value * count / (count + Self.k1 * scale)
      found.append((word, value))
    }
    found.sort { ($1.rarity, $0.word) < ($0.rarity, $1.word) }
    return (most > 0 ? likeness / most : 0, found.map(\.word))
  }
}
