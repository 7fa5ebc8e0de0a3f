import Foundation
import GRDB
import LeakModel

/// The words of one incident by their ids: what has to be taken back when its text changes.
struct WordList: Equatable {
  /// A word of the incident.
  struct Entry: Equatable {
    /// The sum of the weights of the fields it is in, once for each time; at least 1.
    var weight = 0
    /// Whether it is in the names of functions on the stacks.
    var isOnStack = false
  }

  /// How many words all fields hold.
  var length = 0
  var entries: [Int64: Entry] = [:]

  /// What one of its words says.
  func place(of entry: Entry) -> WordPlace {
    let saturation = WordScore.saturation(weight: entry.weight, length: Double(length))
    return WordPlace(isOnStack: entry.isOnStack, saturation: saturation)
  }
}

extension WordList {
  /// The bytes as table `wordList` keeps them: ids ascending, each as the step from the one before,
  /// and twice the weight, with one more for a word on the stacks.
  var bytes: Data {
    var bytes = Data()
    func append(_ value: Int64) {
      var rest = UInt64(value)
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    var last: Int64 = 0
    for (id, entry) in entries.sorted(by: { $0.key < $1.key }) {
      append(id - last)
      append(Int64(entry.weight) << 1 | (entry.isOnStack ? 1 : 0))
      last = id
    }
    return bytes
  }

  /// Reads bytes as `bytes` writes them; a number cut short ends the list.
  init(length: Int, bytes: Data) {
    self.length = length
    var id: Int64 = 0
    var step: Int64?
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
      guard byte & 0x80 == 0 || shift > 56 else { continue }
      if let ended = step {
        id &+= ended
        entries[id] = Entry(weight: Int(value >> 1), isOnStack: value & 1 == 1)
        step = nil
      } else {
        step = Int64(value)
      }
      (value, shift) = (0, 0)
    }
  }

  /// The words of an incident; nil when it has none in the index.
  static func find(_ incident: Int64, in db: Database) throws -> WordList? {
    let statement = try db.cachedStatement(
      sql: "SELECT length, words FROM wordList WHERE incident = ?"
    )
    return try Row.fetchOne(statement, arguments: [incident]).map {
      WordList(length: $0[0], bytes: $0[1])
    }
  }
}

/// BM25 with weighted fields (Robertson and Zaragoza, 2009), as FTS5 computes it.
enum WordScore {
  /// How soon more of a word says nothing more, and how much a long text counts against a word.
  private static let (k1, b) = (1.2, 0.75)
  /// The words of an incident's text with its functions, in place of BM25's mean length: that of a
  /// base drifts as it grows, and the index keeps what each word is worth.
  private static let typicalLength = 120.0

  /// What a word's weight is worth in a text, 0 to 1; times `k1 + 1` it is the factor of BM25.
  static func saturation(weight: Int, length: Double) -> Double {
    let weight = Double(weight)
    return weight / (weight + k1 * (1 - b + b * length / typicalLength))
  }

  /// The inverse document frequency: what it says to have the word; always positive.
  ///
  /// With the 1 of Lucene's BM25: in a small base FTS5's would be nothing for most words.
  static func rarity(incidents: Int, of all: Int) -> Double {
    let ratio = (Double(max(0, all - incidents)) + 0.5) / (Double(incidents) + 0.5)
    return log(1 + ratio) * (k1 + 1)
  }
}
