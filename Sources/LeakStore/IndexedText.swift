import Foundation
import GRDB
import LeakModel

/// The texts of incidents as they were cut for the index: a phrase need only be compared with them.
struct IndexedText {
  private let texts: Statement

  init(_ db: Database) throws {
    texts = try db.cachedStatement(
      sql: """
        SELECT title, story, service, cause, culprit, frames, notes, fix
        FROM incidentSearch
        WHERE rowid = ?
        """
    )
  }

  /// Whether all terms are in an incident, the words of each next to each other in one text.
  ///
  /// Uses the row ids of `incidentSearch`.
  func has(_ terms: [SearchTerm], in incident: Int64) throws -> Bool {
    var missing = terms
    let rows = try Row.fetchCursor(texts, arguments: [incident])
    guard let row = try rows.next() else { return false }
    for field in SearchField.allCases.indices where !missing.isEmpty {
      try row.withUnsafeData(atIndex: field) { text in
        text?.withUnsafeBytes { text in missing.removeAll { Self.has($0, in: text) } }
      }
    }
    return missing.isEmpty
  }

  private static func has(_ term: SearchTerm, in text: UnsafeRawBufferPointer) -> Bool {
    term.forms.contains { form in
      has(Array(form.joined(separator: " ").utf8), isOpen: term.isOpen, in: text)
    }
  }

  /// Whether words stand in a text of words with a blank between each two.
  private static func has(
    _ words: [UInt8],
    isOpen: Bool,
    in text: UnsafeRawBufferPointer
  ) -> Bool {
    guard let first = words.first, text.count >= words.count else { return false }
    let blank = UInt8(ascii: " ")
    var start = 0
    while start + words.count <= text.count {
      let end = start + words.count
      let isWord = isOpen || end == text.count || text[end] == blank
      if isWord, text[start] == first, text[start..<end].elementsEqual(words) { return true }
      while start < text.count, text[start] != blank { start += 1 }
      start += 1
    }
    return false
  }
}
