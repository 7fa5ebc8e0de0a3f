import Foundation
import GRDB
import LeakModel

/// The words of all incidents: which has which, and where each says most.
///
/// FTS5 takes a microsecond or two for every row that matches, and incidents share their words; here
/// a word's places stand together, ready to be added up, a few nanoseconds each.
enum WordIndex {
  /// What a word is worth by the field it is in: the functions at fault say most, a long stack says
  /// little with each of its frames.
  private static let fieldWeights: [SearchField: Int] = [
    .title: 4, .story: 2, .service: 2, .cause: 3, .culprit: 4, .frames: 1, .notes: 1, .fix: 2,
  ]

  /// Puts the words of an incident in place of those it had.
  ///
  /// - Parameters:
  ///   - texts: What words are in.
  ///   - marks: What filters ask for, as words that no text has (`FilterMark`).
  ///   - incident: The incident's number.
  ///   - db: The base.
  /// - Throws: What the engine throws.
  static func set(
    _ texts: [SearchField: [String]],
    marks: some Sequence<String>,
    of incident: Int64,
    in db: Database
  ) throws {
    var entries: [String: WordList.Entry] = [:]
    var list = WordList()
    for (field, pieces) in texts {
      for token in pieces.lazy.flatMap({ TextSegmenter.tokens(of: $0) }) {
        for word in [token.word] + token.parts {
          entries[word, default: .init()].weight += fieldWeights[field, default: 1]
          if field == .frames { entries[word, default: .init()].isOnStack = true }
          list.length += 1
        }
      }
    }
    for mark in marks { entries[mark] = WordList.Entry(weight: 1) }
    for (id, word) in try ids(of: entries.keys, in: db) { list.entries[id] = entries[word] }
    try replace(try WordList.find(incident, in: db), with: list, of: incident, in: db)
  }

  private static func replace(
    _ old: WordList?,
    with new: WordList,
    of incident: Int64,
    in db: Database
  ) throws {
    guard old != new else { return }
    let known = old?.entries ?? [:]
    let count = try db.cachedStatement(
      sql: "UPDATE word SET incidents = incidents + ? WHERE id = ?"
    )
    for id in known.keys where new.entries[id] == nil {
      try WordBlock.set(nil, of: id, in: incident, db)
      try count.execute(arguments: [-1, id])
    }
    for (id, entry) in new.entries where known[id] != entry || old?.length != new.length {
      try WordBlock.set(new.place(of: entry), of: id, in: incident, db)
      if known[id] == nil { try count.execute(arguments: [1, id]) }
    }
    try db.execute(
      literal: """
        INSERT INTO wordList (incident, length, words)
        VALUES (\(incident), \(new.length), \(new.bytes))
        ON CONFLICT (incident) DO UPDATE SET length = excluded.length, words = excluded.words
        """
    )
    try db.execute(
      literal: """
        UPDATE wordTotal
        SET incidents = incidents + \(old == nil ? 1 : 0),
          length = length + \(new.length - (old?.length ?? 0))
        """
    )
  }

  /// The ids of words, new ones for those that have none.
  private static func ids(
    of words: some Sequence<String>,
    in db: Database
  ) throws -> [Int64: String] {
    let find = try db.cachedStatement(sql: "SELECT id FROM word WHERE text = ?")
    let add = try db.cachedStatement(sql: "INSERT INTO word (text, incidents) VALUES (?, 0)")
    var ids: [Int64: String] = [:]
    for word in words {
      if let id = try Int64.fetchOne(find, arguments: [word]) {
        ids[id] = word
      } else {
        try add.execute(arguments: [word])
        ids[db.lastInsertedRowID] = word
      }
    }
    return ids
  }

  /// How many incidents are in the index.
  static func incidents(in db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT incidents FROM wordTotal WHERE id = 1") ?? 0
  }
}
