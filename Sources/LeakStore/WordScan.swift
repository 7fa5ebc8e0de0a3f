import Foundation
import GRDB

/// Looks up some words in the word list of one incident after the other, without reading the rest.
struct WordScan {
  /// The ids, ascending.
  private let ids: [Int64]
  private let statement: Statement

  init(_ ids: some Sequence<Int64>, in db: Database) throws {
    self.ids = Set(ids).sorted()
    statement = try db.cachedStatement(sql: "SELECT length, words FROM wordList WHERE incident = ?")
  }

  /// The weights of the words that an incident has, and the length of its text; nil without a list.
  func weights(of incident: Int64) throws -> (length: Double, weights: [Int64: Int])? {
    guard let row = try Row.fetchOne(statement, arguments: [incident]) else { return nil }
    return try row.withUnsafeData(atIndex: 1) { data in
      (row[0], data.map { find(in: $0) } ?? [:])
    }
  }

  private func find(in bytes: Data) -> [Int64: Int] {
    var found: [Int64: Int] = [:]
    var wanted = 0
    var (id, value, shift): (Int64, UInt64, UInt64) = (0, 0, 0)
    var isWeight = false
    bytes.withUnsafeBytes { bytes in
      for byte in bytes {
        value |= UInt64(byte & 0x7F) << shift
        shift += 7
        guard byte & 0x80 == 0 || shift > 56 else { continue }
        if isWeight {
          while wanted < ids.count, ids[wanted] < id { wanted += 1 }
          guard wanted < ids.count else { return }
          if ids[wanted] == id { found[id] = Int(value) }
        } else {
          id += Int64(value)
        }
        isWeight.toggle()
        (value, shift) = (0, 0)
      }
    }
    return found
  }
}
