import Foundation
import GRDB

/// Reads what words say in a thousand incidents at a time.
struct BlockScan {
  private static let size = Int(WordBlock.incidents)

  private let places: Statement
  private let rows: Statement

  init(_ db: Database) throws {
    places = try db.cachedStatement(sql: "SELECT places FROM wordBlock WHERE id = ?")
    rows = try db.cachedStatement(sql: "SELECT id FROM wordBlock WHERE id BETWEEN ? AND ?")
  }

  /// The blocks in which a term may be, in no order.
  ///
  /// Uses the primary key.
  func blocks(of term: RankedTerm) throws -> Set<Int64> {
    var blocks: Set<Int64> = []
    for word in term.keys {
      let range = WordBlock.rows(of: word.id)
      let rows = try Int64.fetchCursor(rows, arguments: [range.lowerBound, range.upperBound])
      while let row = try rows.next() { blocks.insert(WordBlock.block(ofRow: row)) }
    }
    return blocks
  }

  /// What a term says in each incident of a block, 0 in those that lack it; nil when all do.
  ///
  /// Uses the primary key.
  func said(by term: RankedTerm, in block: Int64) throws -> [Double]? {
    var said: [Double]?
    for form in term.forms {
      guard let found = try self.said(by: form, in: block, onStack: term.isOnStack) else {
        continue
      }
      if said == nil { said = found } else { said?.combine(with: found) { $0 > 0 ? $0 : $1 } }
    }
    return said
  }

  /// What the words of a form say in those incidents that have all of them.
  private func said(
    by form: RankedTerm.Form,
    in block: Int64,
    onStack: Bool
  ) throws -> [Double]? {
    // The words of one term count as one: a phrase is no better than a word for being longer.
    let share = 1 / Double(form.count)
    var said: [Double]?
    for words in form {
      var best = [Double](repeating: 0, count: Self.size)
      var isAny = false
      for word in words {
        isAny = try read(word, share, in: block, onStack: onStack, into: &best) || isAny
      }
      guard isAny else { return nil }
      if said == nil {
        said = best
      } else {
        said?.combine(with: best) { $0 > 0 && $1 > 0 ? $0 + $1 : 0 }
      }
    }
    return said
  }

  /// Puts a share of what a word says in place of what less was said; false where the block lacks
  /// the word.
  private func read(
    _ word: RankedTerm.Word,
    _ share: Double,
    in block: Int64,
    onStack: Bool,
    into best: inout [Double]
  ) throws -> Bool {
    let row = WordBlock.row(of: word.id, block: block)
    let found = try Row.fetchCursor(places, arguments: [row])
    guard let bytes = try found.next() else { return false }
    let most = word.rarity * share
    try bytes.withUnsafeData(atIndex: 0) { data in
      data?.withUnsafeBytes { bytes in
        best.withUnsafeMutableBufferPointer { best in
          WordBlock.forEach(in: bytes, onStack: onStack) { incident, saturation in
            best[incident] = max(best[incident], saturation * most)
          }
        }
      }
    }
    return true
  }
}
