import Foundation
import GRDB

/// Looks some words up in the word lists of incidents, without reading the rest of these.
struct WordScan {
  /// The words asked for in one incident.
  struct Found {
    let incident: Int64
    /// The words of all its fields.
    let length: Double
    /// The weight of each word, at the word's place in `ids`; 0 for one that the incident lacks.
    let weights: [Int]
  }

  /// The words looked up, ascending.
  let ids: [Int64]
  /// What must hold of table `incident`.
  private let conditions: [SQL]
  private let db: Database

  init(_ ids: some Sequence<Int64>, _ conditions: [SQL], in db: Database) {
    self.ids = Set(ids).sorted()
    self.conditions = conditions
    self.db = db
  }

  /// What is found in those of some incidents that fulfil the conditions and have a list.
  ///
  /// Uses the primary keys of `wordList` and `incident`.
  func find(in incidents: some Sequence<Int64>) throws -> [Found] {
    // Neighbours are on one page.
    let list = "[\(incidents.sorted().lazy.map(String.init).joined(separator: ","))]"
    let filter: SQL =
      conditions.isEmpty
      ? ""
      : """
      CROSS JOIN incident ON incident.id = wanted.value
      WHERE \(conditions.joined(separator: "\n  AND "))
      """
    let request = SQLRequest<Row>(
      literal: """
        SELECT wordList.incident, wordList.length, wordList.words
        FROM json_each(\(list)) AS wanted
        CROSS JOIN wordList ON wordList.incident = wanted.value
        \(filter)
        """,
      cached: true
    )
    var found: [Found] = []
    let rows = try request.fetchCursor(db)
    while let row = try rows.next() {
      let weights = try row.withUnsafeData(atIndex: 2) { wanted(in: $0 ?? Data()) }
      found.append(Found(incident: row[0], length: row[1], weights: weights))
    }
    return found
  }

  private func wanted(in bytes: Data) -> [Int] {
    var weights = Array(repeating: 0, count: ids.count)
    var place = 0
    var (id, value, shift): (Int64, UInt64, UInt64) = (0, 0, 0)
    var isWeight = false
    bytes.withUnsafeBytes { bytes in
      for byte in bytes {
        value |= UInt64(byte & 0x7F) << shift
        shift += 7
        guard byte & 0x80 == 0 || shift > 56 else { continue }
        if isWeight {
          while place < ids.count, ids[place] < id { place += 1 }
          guard place < ids.count else { return }
          if ids[place] == id { weights[place] = Int(value) }
        } else {
          id += Int64(value)
        }
        isWeight.toggle()
        (value, shift) = (0, 0)
      }
    }
    return weights
  }
}
