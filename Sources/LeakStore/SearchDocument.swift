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
    let verdict = try VerdictRow.latest(of: id, in: db)
    let notes = try EventRow.all(of: id, in: db).filter { $0.kind == .note }
    let causes = [incident.cause, verdict?.cause].compactMap { $0?.rawValue }
    self.incident = incident
    self.cause = incident.cause ?? verdict?.cause
    self.texts = [
      .title: [incident.title],
      .story: [incident.story],
      .service: [incident.service],
      .cause: Set(causes).sorted(),
      .culprit: [verdict?.culprit].compactMap { $0 },
      .frames: try FrameRow.functions(of: id, in: db),
      .notes: notes.map(\.detail),
      .fix: [incident.fix, incident.fixCommit].compactMap { $0 },
    ]
  }

  /// Writes the present text of an incident into the index, in place of what was there.
  ///
  /// Every verb that changes text calls it within its transaction, so the index is never behind.
  static func reindex(_ id: IncidentID, in db: Database) throws {
    let document = try SearchDocument(of: id, in: db)
    try WordIndex.set(document.texts, of: id.number, in: db)
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
    try filter(Column("incident") == id.number).order(Column("function")).fetchAll(db)
      .map(\.function)
  }
}
