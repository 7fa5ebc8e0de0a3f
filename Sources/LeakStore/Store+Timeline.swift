import GRDB
package import LeakModel

extension Store {
  /// Adds a remark to an incident's timeline, where search finds it.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func add(_ note: Note, to id: IncidentID) async throws {
    let event = TimelineEvent(at: note.at, author: note.author, kind: .note, detail: note.text)
    try await add(event, to: id)
  }

  /// Adds an event to an incident's timeline.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func add(_ event: TimelineEvent, to id: IncidentID) async throws {
    try await write { db in
      try Self.touch(id, at: event.at, db)
      try Self.add(event, to: id, db)
      if event.kind == .note { try SearchDocument.reindex(id, in: db) }
    }
  }

  /// The events of an incident in the order of time, those of one moment as they were added.
  ///
  /// Uses index `eventByIncidentAndTime`.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func timeline(of id: IncidentID) async throws -> [TimelineEvent] {
    try await read { db in
      _ = try IncidentRow.find(id, in: db)
      return try EventRow.all(of: id, in: db).map(\.event)
    }
  }

  /// The remarks of an incident in the order of time.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func notes(of id: IncidentID) async throws -> [Note] {
    try await timeline(of: id).filter { $0.kind == .note }
      .map { Note(at: $0.at, author: $0.author, text: $0.detail) }
  }

  /// Puts an event into the timeline, within a transaction.
  static func add(_ event: TimelineEvent, to id: IncidentID, _ db: Database) throws {
    try EventRow(
      id: nil,
      incident: id.number,
      at: event.at.milliseconds,
      author: event.author,
      kind: event.kind,
      detail: event.detail
    ).insert(db)
  }

  /// Moves `updatedAt` of an incident on to a time, never back.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  static func touch(_ id: IncidentID, at time: Instant, _ db: Database) throws {
    try db.execute(
      literal: """
        UPDATE incident
        SET updatedAt = max(updatedAt, \(time.milliseconds))
        WHERE id = \(id.number)
        """
    )
    guard db.changesCount > 0 else { throw StoreError.noSuchIncident(id) }
  }
}

/// An event as table `event` holds it.
struct EventRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "event"

  let id: Int64?
  let incident: Int64
  let at: Int64
  let author: String
  let kind: TimelineEvent.Kind
  let detail: String

  init(
    id: Int64?,
    incident: Int64,
    at: Int64,
    author: String,
    kind: TimelineEvent.Kind,
    detail: String
  ) {
    self.id = id
    self.incident = incident
    self.at = at
    self.author = author
    self.kind = kind
    self.detail = detail
  }

  /// Reads a row by the places of its columns, which is faster than by their names.
  init(row: Row) throws {
    id = row[0]
    incident = row[1]
    at = row[2]
    author = row[3]
    let kind: String = row[4]
    guard let known = TimelineEvent.Kind(rawValue: kind) else {
      throw StoreError.corrupt(detail: "an event is \"\(kind)\", which is none that is known")
    }
    self.kind = known
    detail = row[5]
  }

  var event: TimelineEvent {
    TimelineEvent(at: Instant(milliseconds: at), author: author, kind: kind, detail: detail)
  }

  static func all(of id: IncidentID, in db: Database) throws -> [EventRow] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, incident, at, author, kind, detail
        FROM event
        WHERE incident = ?
        ORDER BY at, id
        """
    )
    return try fetchAll(statement, arguments: [id.number])
  }
}
