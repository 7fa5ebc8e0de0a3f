import Foundation
import GRDB
import LeakModel

/// The words of one incident by their ids, each with its weight: the sum of its fields' weights.
struct WordList: Equatable {
  /// How many words all fields hold.
  var length = 0
  /// At least 1 each.
  var weights: [Int64: Int] = [:]
}

extension WordList {
  /// The bytes as table `wordList` keeps them: ids ascending, each as the step from the one before.
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
    for (id, weight) in weights.sorted(by: { $0.key < $1.key }) {
      append(id - last)
      append(Int64(weight))
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
        id += ended
        weights[id] = Int(value)
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

/// Where a word stands in table `wordPlace`: the places where it says most sort first.
struct WordPlace {
  /// The impact that the best place has.
  static let mostImpact: Int64 = 4_095
  private static let incidentBits: Int64 = 40

  let incident: Int64
  /// 0 to 4095.
  let impact: Int64

  init(_ number: Int64) {
    incident = number & ((1 << Self.incidentBits) - 1)
    impact = Self.mostImpact - number >> Self.incidentBits
  }

  /// The place of a word of some weight in an incident of some length.
  init(incident: Int64, weight: Int, length: Int) {
    self.incident = incident
    let saturation = WordScore.saturation(weight: weight, length: Double(length))
    impact = Int64((saturation * Double(Self.mostImpact)).rounded())
  }

  var number: Int64 { (Self.mostImpact - impact) << Self.incidentBits | incident }

  /// What the impact says of the word's part of a score, 0 to 1.
  var saturation: Double { Double(impact) / Double(Self.mostImpact) }
}

/// BM25 with weighted fields (Robertson and Zaragoza, 2009), as FTS5 computes it.
enum WordScore {
  /// How soon more of a word says nothing more, and how much a long text counts against a word.
  private static let (k1, b) = (1.2, 0.75)
  /// The words of an incident's text with its functions, in place of BM25's mean length: that of a
  /// base drifts as it grows, and the places in the index are ordered by what a word is worth.
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
