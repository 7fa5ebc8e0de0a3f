import GRDB
import LeakModel

extension WordIndex {
  /// The version of what is indexed and how words are cut; it rises with every change of these.
  private static let version = 1
  /// The incidents indexed in one transaction, so that others get their turn.
  private static let incidentsAtOnce = 200

  /// Whether the words of all incidents are indexed as this build does it.
  static func isCurrent(_ db: Database) throws -> Bool {
    let found = try Int.fetchOne(db, sql: "SELECT version FROM wordTotal WHERE id = 1") ?? 0
    return found >= version
  }

  /// Indexes the incidents of a base that an older build made; half a millisecond each.
  ///
  /// Only when all are done is the base marked, so a process that died has it begun anew by the
  /// next; what is indexed already stays as it is.
  static func catchUp(_ writer: any DatabaseWriter) throws {
    guard try !writer.read(isCurrent) else { return }
    var last: Int64 = 0
    var isDone = false
    while !isDone {
      last = try writer.write { [last] db in
        let request: SQLRequest<Int64> = """
          SELECT id
          FROM incident
          WHERE id > \(last)
          ORDER BY id
          LIMIT \(incidentsAtOnce)
          """
        let ids = try request.fetchAll(db)
        for id in ids { try SearchDocument.reindex(IncidentID(number: id), in: db) }
        if ids.isEmpty {
          try db.execute(literal: "UPDATE wordTotal SET version = \(version)")
        }
        return ids.last ?? .max
      }
      isDone = last == .max
    }
  }

  /// Takes all words out, for an index that is made from nothing.
  static func clear(_ db: Database) throws {
    for table in ["wordBlock", "wordList", "word"] { try db.execute(sql: "DELETE FROM \(table)") }
    try db.execute(sql: "UPDATE wordTotal SET incidents = 0, length = 0")
  }
}
