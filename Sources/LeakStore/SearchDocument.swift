import GRDB
import LeakModel

/// The part of an incident that a word was found in.
package enum SearchField: String, Sendable, CaseIterable {
  case title
  case story
  case service
  case cause
  case culprit
  case frames
  case notes
  case fix
}

/// All text of one incident, by field.
struct SearchDocument {
  let incident: Incident
  /// The cause a person settled, else that of the latest verdict.
  let cause: Cause?
  /// Each text that stands alone: a note, a function.
  let texts: [SearchField: [String]]

  /// Gathers the text of an incident.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  init(of id: IncidentID, in db: Database) throws {
    let incident = try IncidentRow.find(id, in: db).incident
    // Without the whole diagnosis: it is hundreds of times as long.
    let verdict = try Row.fetchOne(
      try db.cachedStatement(
        sql: "SELECT cause, culprit FROM verdict WHERE incident = ? ORDER BY id DESC LIMIT 1"
      ),
      arguments: [id.number]
    )
    let notes = try String.fetchAll(
      try db.cachedStatement(
        sql: "SELECT detail FROM event WHERE incident = ? AND kind = 'note' ORDER BY at, id"
      ),
      arguments: [id.number]
    )
    let judged: String? = verdict?[0]
    let causes = [incident.cause?.rawValue, judged].compactMap { $0 }
    self.incident = incident
    self.cause = incident.cause ?? judged.flatMap(Cause.init)
    self.texts = [
      .title: [incident.title],
      .story: [incident.story],
      .service: [incident.service],
      .cause: Set(causes).sorted(),
      .culprit: [verdict?[1]].compactMap { $0 },
      .frames: try FrameRow.functions(of: id, in: db),
      .notes: notes,
      .fix: [incident.fix, incident.fixCommit].compactMap { $0 },
    ]
  }

  /// Writes the present text of an incident into the index, in place of what was there.
  ///
  /// Every verb that changes text calls it within its transaction, so the index is never behind.
  static func reindex(_ id: IncidentID, in db: Database) throws {
    let document = try SearchDocument(of: id, in: db)
    let marks = FilterMark.all(of: document.incident, cause: document.cause).map(\.word)
    try WordIndex.set(document.texts, marks: marks, of: id.number, in: db)
    try db.execute(literal: "DELETE FROM incidentSearch WHERE rowid = \(id.number)")
    try db.execute(
      literal: """
        INSERT INTO incidentSearch
          (rowid, title, story, service, cause, culprit, frames, notes, fix)
        VALUES (
          \(id.number), \(document.indexText(.title)), \(document.indexText(.story)),
          \(document.indexText(.service)), \(document.indexText(.cause)),
          \(document.indexText(.culprit)), \(document.indexText(.frames)),
          \(document.indexText(.notes)), \(document.indexText(.fix))
        )
        """
    )
  }

  private func indexText(_ field: SearchField) -> String {
    TextSegmenter.indexText(of: texts[field, default: []].joined(separator: "\n"))
  }
}

/// A function in the stacks of an incident as table `frame` holds it.
struct FrameRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "frame"

  let incident: Int64
  let function: String

  /// The functions of an incident, in the order of their names.
  static func functions(of id: IncidentID, in db: Database) throws -> [String] {
    try String.fetchAll(
      try db.cachedStatement(
        sql: "SELECT function FROM frame WHERE incident = ? ORDER BY function"
      ),
      arguments: [id.number]
    )
  }
}
