import GRDB
import LeakModel

/// A term of a search as the word index knows it.
struct RankedTerm {
  /// Words that must all be there, each given by the ids that stand for it: several for a prefix.
  typealias Form = [[Int64]]

  /// The ways in which the term can stand in a text; the first that an incident has counts.
  let forms: [Form]
  /// What each id says: its inverse document frequency.
  let rarity: [Int64: Double]
  /// The ids to look for incidents by, of each form the rarest word's, with their frequencies.
  let keys: [(id: Int64, incidents: Int)]
  /// Whether the order of the words matters, which only the text itself can tell.
  let isPhrase: Bool

  /// The words that begin a certain way and are looked for, the most frequent ones.
  private static let prefixWords = 64

  init(_ term: SearchTerm, incidents all: Int, in db: Database) throws {
    var forms: [Form] = []
    var rarity: [Int64: Double] = [:]
    var keys: [(id: Int64, incidents: Int)] = []
    for words in term.forms {
      var form: Form = []
      var rarest: [(id: Int64, incidents: Int)]?
      for (index, word) in words.enumerated() {
        let isOpen = term.isOpen && index == words.count - 1
        let slot = try Self.slot(word, isOpen: isOpen, in: db)
        form.append(slot.map(\.id))
        for entry in slot {
          rarity[entry.id] = WordScore.rarity(incidents: entry.incidents, of: all)
        }
        let count = slot.reduce(0) { $0 + $1.incidents }
        if count < rarest?.reduce(0, { $0 + $1.incidents }) ?? .max { rarest = slot }
      }
      guard !form.isEmpty, form.allSatisfy({ !$0.isEmpty }) else { continue }
      forms.append(form)
      keys += rarest ?? []
    }
    self.forms = forms
    self.rarity = rarity
    self.keys = keys
    self.isPhrase = forms.contains { $0.count > 1 }
  }

  private static func slot(
    _ word: String,
    isOpen: Bool,
    in db: Database
  ) throws -> [(id: Int64, incidents: Int)] {
    // The largest scalar sorts behind all words that begin with the prefix.
    let rows =
      isOpen
      ? try Row.fetchAll(
        try db.cachedStatement(
          sql: """
            SELECT id, incidents FROM word WHERE text >= ? AND text < ?
            ORDER BY incidents DESC LIMIT ?
            """
        ),
        arguments: [word, word + "\u{10FFFF}", prefixWords]
      )
      : try Row.fetchAll(
        try db.cachedStatement(sql: "SELECT id, incidents FROM word WHERE text = ?"),
        arguments: [word]
      )
    return rows.map { (id: $0[0], incidents: $0[1]) }.filter { $0.incidents > 0 }
  }

  /// How many incidents have it at most.
  var incidents: Int { keys.reduce(0) { $0 + $1.incidents } }

  /// The term's part of an incident's score; nil when the incident lacks it.
  func score(_ weights: [Int64: Int], length: Double, meanLength: Double) -> Double? {
    for form in forms {
      var score: Double? = 0
      for slot in form {
        let best = slot.compactMap { id in
          weights[id].map {
            rarity[id, default: 0]
              * WordScore.saturation(weight: $0, length: length, typicalLength: meanLength)
          }
        }.max()
        score = best.flatMap { best in score.map { $0 + best } }
      }
      // The words of one term count as one: a phrase is no better than a word for being longer.
      if let score { return score / Double(form.count) }
    }
    return nil
  }
}
