import GRDB
import LeakModel

/// A term of a search as the word index knows it.
struct RankedTerm {
  /// A word of the index.
  struct Word {
    let id: Int64
    /// How many incidents have it.
    let incidents: Int
    /// What it says: its inverse document frequency.
    let rarity: Double
  }

  /// Words that must all be there, each given by those that stand for it: several for a prefix.
  typealias Form = [[Word]]

  /// The ways in which the term can stand in a text; the first that an incident has counts.
  let forms: [Form]
  /// The words to look for incidents by: of each form the rarest.
  let keys: [Word]
  /// Whether the order of the words matters, which only the text itself can tell.
  let isPhrase: Bool
  /// Whether only functions on stacks count.
  let isOnStack: Bool

  /// The words that begin a certain way and are looked for, the most frequent ones.
  private static let prefixWords = 32

  init(
    _ term: SearchTerm,
    onStack isOnStack: Bool = false,
    incidents all: Int,
    in db: Database
  ) throws {
    var forms: [Form] = []
    var keys: [Word] = []
    for words in term.forms {
      let form = try words.enumerated().map { index, word in
        let isOpen = term.isOpen && index == words.count - 1
        return try Self.known(word, isOpen: isOpen, of: all, in: db)
      }
      guard let rarest = form.min(by: { Self.count($0) < Self.count($1) }), !rarest.isEmpty
      else { continue }
      forms.append(form)
      keys += rarest
    }
    self.forms = forms
    self.keys = keys
    self.isPhrase = forms.contains { $0.count > 1 }
    self.isOnStack = isOnStack
  }

  /// What a filter asks for.
  init(_ mark: FilterMark, incidents all: Int, in db: Database) throws {
    keys = try Self.known(mark.word, isOpen: false, of: all, in: db)
    forms = keys.isEmpty ? [] : [[keys]]
    (isPhrase, isOnStack) = (false, false)
  }

  private static func count(_ words: [Word]) -> Int { words.reduce(0) { $0 + $1.incidents } }

  private static func known(
    _ word: String,
    isOpen: Bool,
    of all: Int,
    in db: Database
  ) throws -> [Word] {
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
    return rows.compactMap { row in
      let incidents: Int = row[1]
      guard incidents > 0 else { return nil }
      let rarity = WordScore.rarity(incidents: incidents, of: all)
      return Word(id: row[0], incidents: incidents, rarity: rarity)
    }
  }

  /// How many incidents have it at most.
  var incidents: Int { Self.count(keys) }
}
