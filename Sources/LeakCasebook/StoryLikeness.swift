import LeakAnalysis
import LeakModel

/// Compares the story of one incident with those of many: BM25 over its highest possible value.
struct StoryLikeness {
  /// Usual for BM25 (Robertson and Zaragoza, 2009).
  private static let (k1, b) = (1.2, 0.75)
  /// The words of a ticket and its fix, about.
  private static let typicalLength = 50.0

  /// What a word of another story is to this one.
  private enum Place {
    /// A word that every story holds.
    case common
    /// A word that this story lacks.
    case elsewhere
    /// The stem of that number.
    case shared(Int)
  }

  /// The words as the index has them, without those that every story holds.
  let words: Set<String>
  /// The words of each stem.
  private let stems: [[String]]
  /// The stems by their text.
  private let numbers: [String: Int]
  /// The words of other stories met so far: some hundred stories are told in the same words.
  private var known: [String: Place] = [:]

  init(_ text: String) {
    var words: Set<String> = []
    var stems: [[String]] = []
    var numbers: [String: Int] = [:]
    for token in TextSegmenter.tokens(of: text) {
      for word in [token.word] + token.parts where words.insert(word).inserted {
        guard let stem = Stems.of(word).first else {
          words.remove(word)
          continue
        }
        if let number = numbers[stem] {
          stems[number].append(word)
        } else {
          numbers[stem] = stems.count
          stems.append([word])
        }
      }
    }
    self.words = words
    self.stems = stems
    self.numbers = numbers
  }

  /// How much of what the words could say another incident's story and fix say too, 0 to 1.
  ///
  /// - Parameters:
  ///   - incident: The one compared.
  ///   - rarity: What each word says: its inverse document frequency.
  /// - Returns: The likeness and the words found, the rarest first; nil for a story without words.
  mutating func compare(
    with incident: Incident,
    rarity: [String: Double]
  ) -> (likeness: Double, words: [String])? {
    if words.isEmpty { return nil }
    var counts = Array(repeating: 0.0, count: stems.count)
    var length = 0.0
    for token in TextSegmenter.tokens(of: incident.told + "\n" + (incident.fix ?? "")) {
      count(token.word, isCJK: token.isCJK, &counts, &length)
      for part in token.parts where !token.isCJK { count(part, isCJK: false, &counts, &length) }
    }
    var likeness = 0.0
    var most = 0.0
    var found: [(word: String, rarity: Double)] = []
    for (words, count) in zip(stems, counts) {
      let value = words.compactMap { rarity[$0] }.max() ?? 0
      most += value
      guard count > 0, let word = words.min() else { continue }
      let scale = 1 - Self.b + Self.b * length / Self.typicalLength
      likeness += value * count / (count + Self.k1 * scale)
      found.append((word, value))
    }
    found.sort { ($1.rarity, $0.word) < ($0.rarity, $1.word) }
    return (most > 0 ? likeness / most : 0, found.map(\.word))
  }

  private mutating func count(
    _ word: String,
    isCJK: Bool,
    _ counts: inout [Double],
    _ length: inout Double
  ) {
    let place = known[word] ?? place(of: word, isCJK: isCJK)
    known[word] = place
    switch place {
    case .common: return
    case .elsewhere: break
    case .shared(let number): counts[number] += 1
    }
    length += 1
  }

  private func place(of word: String, isCJK: Bool) -> Place {
    let stem = isCJK ? word : Stems.stem(word)
    if Stems.isCommon(stem) { return .common }
    return numbers[stem].map(Place.shared) ?? .elsewhere
  }
}
