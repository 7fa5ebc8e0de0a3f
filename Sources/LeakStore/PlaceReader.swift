import GRDB

/// Reads the places of a term's words, those where they say most first, each once.
struct PlaceReader {
  private struct Position {
    let word: RankedTerm.Word
    /// The last place read.
    var last: Int64 = -1
    /// The most that a place not read can say.
    var rest: Double
    var isAtEnd = false
  }

  private var positions: [Position]
  private let db: Database

  init(_ term: RankedTerm, in db: Database) {
    positions = term.keys.map { Position(word: $0, rest: $0.rarity) }
    self.db = db
  }

  /// The most that the term can say in an incident it was not seen in yet.
  var rest: Double { positions.lazy.map(\.rest).max() ?? 0 }
  /// Whether every place was read.
  var isAtEnd: Bool { positions.allSatisfy(\.isAtEnd) }

  /// Reads on, about so many places, and hands each incident with what the term says in it.
  ///
  /// Uses the primary key of `wordPlace`.
  mutating func read(_ count: Int, _ body: (_ incident: Int64, _ said: Double) -> Void) throws {
    let open = positions.count { !$0.isAtEnd }
    let each = max(50, count / max(1, open))
    let next = try db.cachedStatement(
      sql: "SELECT place FROM wordPlace WHERE word = ? AND place > ? ORDER BY place LIMIT ?"
    )
    for index in positions.indices where !positions[index].isAtEnd {
      let word = positions[index].word
      var (read, last) = (0, positions[index].last)
      let places = try Int64.fetchCursor(next, arguments: [word.id, last, each])
      while let number = try places.next() {
        let place = WordPlace(number)
        body(place.incident, place.saturation * word.rarity)
        last = number
        read += 1
      }
      positions[index].last = last
      positions[index].isAtEnd = read < each
      positions[index].rest = read < each ? 0 : WordPlace(last).saturation * word.rarity
    }
  }
}
