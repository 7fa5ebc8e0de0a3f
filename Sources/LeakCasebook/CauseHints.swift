import LeakAnalysis
import LeakModel
import LeakRules

/// The causes that a story's words point to: how well they fit what is said of each cause (BM25).
///
/// Two people tell the same trouble in different words; the playbooks and `TroubleWords` know many
/// of them, in both languages, and so join stories that share none.
struct CauseHints: Sendable {
  /// Usual for BM25 (Robertson and Zaragoza, 2009), but for `b`: a long playbook is no worse.
  private static let (k1, b) = (1.2, 0.3)
  /// What a word is worth by where it stands: the trouble as told most, its repair little.
  private static let (told, title, summary, name, prose, procedure) = (
    10.0, 4.0, 3.0, 3.0, 1.0, 0.3
  )
  /// How much a point of BM25 adds to the log-odds of a cause.
  private static let sharpness = 0.35
  /// Hints less probable than this are left out.
  private static let leastHint = 0.02

  private var documents: [(cause: Cause, words: [String: Double], length: Double)] = []
  private var incidences: [String: Double] = [:]
  private var meanLength = 1.0

  /// Reads the words of all playbooks, the Chinese twins' with the English ones'.
  init(_ rulebook: Rulebook) {
    var stems = StemMemory()
    for english in rulebook.playbooks {
      var words: [String: Double] = [:]
      for stem in Set(Stems.of(TroubleWords.byCause[english.id] ?? "")) { words[stem] = Self.told }
      Self.count(english.id.rawValue, Self.name, &words, &stems)
      for language in [Language.english, .chinese] {
        guard let playbook = rulebook.playbook(for: english.id, language: language) else {
          continue
        }
        Self.count(playbook, &words, &stems)
      }
      documents.append((english.id, words, words.values.reduce(0, +)))
      for word in words.keys { incidences[word, default: 0] += 1 }
    }
    meanLength = max(1, documents.map(\.length).reduce(0, +) / Double(max(1, documents.count)))
  }

  private static func count(
    _ playbook: Playbook,
    _ words: inout [String: Double],
    _ stems: inout StemMemory
  ) {
    count(playbook.title, title, &words, &stems)
    count(playbook.summary, summary, &words, &stems)
    for clue in playbook.evidence { count(clue.because, prose, &words, &stems) }
    let body = playbook.body
    for section in [PlaybookBody.Section.meaning, .impact] {
      count(body.text(of: section) ?? "", prose, &words, &stems)
    }
    for section in [PlaybookBody.Section.diagnosis, .repair] {
      count(body.text(of: section) ?? "", procedure, &words, &stems)
    }
  }

  private static func count(
    _ text: String,
    _ weight: Double,
    _ words: inout [String: Double],
    _ stems: inout StemMemory
  ) {
    for stem in stems.of(text) { words[stem, default: 0] += weight }
  }

  /// The causes with their probabilities; empty when no word is known.
  func causes(of story: String) -> [Cause: Double] {
    let asked = Set(Stems.of(story))
    let scores = documents.map { document in asked.reduce(0) { $0 + score($1, in: document) } }
    guard let best = scores.max(), best > 0 else { return [:] }
    let masses = scores.map { Portable.exp(Self.sharpness * ($0 - best)) }
    let total = masses.reduce(0, +)
    var causes: [Cause: Double] = [:]
    for (document, mass) in zip(documents, masses) where mass / total >= Self.leastHint {
      causes[document.cause] = mass / total
    }
    return causes
  }

  private func score(
    _ word: String,
    in document: (cause: Cause, words: [String: Double], length: Double)
  ) -> Double {
    guard let count = document.words[word], let incidence = incidences[word] else { return 0 }
    let all = Double(documents.count)
    let rarity = Portable.log(1 + (all - incidence + 0.5) / (incidence + 0.5))
    let length = 1 - Self.b + Self.b * document.length / meanLength
    return rarity * count * (Self.k1 + 1) / (count + Self.k1 * length)
  }
}
