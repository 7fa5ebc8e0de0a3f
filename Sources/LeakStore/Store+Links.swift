import GRDB
package import LeakModel

/// That two incidents belong together, and who said so.
package struct IncidentLink: Sendable, Equatable {
  /// How they belong together; the raw values are stored, and read from the first to the second.
  package enum Kind: String, Sendable, CaseIterable, Codable {
    case duplicateOf = "duplicate-of"
    case recurrenceOf = "recurrence-of"
    case relatedTo = "related-to"
  }

  package let incident: IncidentID
  package let target: IncidentID
  package let kind: Kind
  package let at: Instant
  package let author: String
  /// What a duplicate was before, and goes back to when the link is undone; else nil.
  package let statusBefore: IncidentStatus?

  package init(
    incident: IncidentID,
    target: IncidentID,
    kind: Kind,
    at: Instant,
    author: String,
    statusBefore: IncidentStatus? = nil
  ) {
    self.incident = incident
    self.target = target
    self.kind = kind
    self.at = at
    self.author = author
    self.statusBefore = statusBefore
  }
}

extension Store {
  /// Links an incident to another one, and changes it in the same step.
  ///
  /// A link that is there already stays as it is.
  ///
  /// - Parameters:
  ///   - id: The incident that is linked.
  ///   - target: The incident it is linked to.
  ///   - kind: How they belong together.
  ///   - event: What the timeline will say; its author and time are the link's.
  ///   - change: Changes the incident as it stands; what it throws undoes everything.
  /// - Returns: The incident as changed.
  /// - Throws: `StoreError.noSuchIncident` for either, or what `change` throws.
  @discardableResult
  package func link(
    _ id: IncidentID,
    to target: IncidentID,
    as kind: IncidentLink.Kind,
    event: TimelineEvent,
    _ change: @escaping @Sendable (inout Incident) throws -> Void = { _ in }
  ) async throws -> Incident {
    try await write { db in
      _ = try IncidentRow.find(target, in: db)
      let before = try IncidentRow.find(id, in: db).incident
      if try LinkRow.one(id, target, kind, in: db) != nil { return before }
      let incident = try Self.update(id, event: event, db, change)
      try LinkRow(
        IncidentLink(
          incident: id,
          target: target,
          kind: kind,
          at: event.at,
          author: event.author,
          statusBefore: kind == .duplicateOf ? before.status : nil
        )
      ).insert(db)
      return incident
    }
  }

  /// Takes a link away, and changes the incident in the same step.
  ///
  /// - Parameters:
  ///   - link: The link to take away.
  ///   - event: What the timeline will say.
  ///   - change: Changes the incident as it stands; what it throws undoes everything.
  /// - Returns: The incident as changed.
  /// - Throws: `StoreError.noSuchIncident`, or what `change` throws.
  @discardableResult
  package func unlink(
    _ link: IncidentLink,
    event: TimelineEvent,
    _ change: @escaping @Sendable (inout Incident) throws -> Void = { _ in }
  ) async throws -> Incident {
    try await write { db in
      let incident = try Self.update(link.incident, event: event, db, change)
      try LinkRow.all(link.incident, link.target, link.kind).deleteAll(db)
      return incident
    }
  }

  /// The links from an incident and to it, in the order in which they were made.
  ///
  /// Uses indexes `sqlite_autoindex_link_1` and `linkByTarget`.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func links(of id: IncidentID) async throws -> [IncidentLink] {
    try await read { db in
      _ = try IncidentRow.find(id, in: db)
      return try LinkRow.all(of: id, in: db).map(\.link)
    }
  }
}

/// A link as table `link` holds it.
struct LinkRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "link"

  let id: Int64?
  let incident: Int64
  let target: Int64
  let kind: IncidentLink.Kind
  let at: Int64
  let author: String
  let statusBefore: IncidentStatus?

  init(_ link: IncidentLink) {
    self.id = nil
    self.incident = link.incident.number
    self.target = link.target.number
    self.kind = link.kind
    self.at = link.at.milliseconds
    self.author = link.author
    self.statusBefore = link.statusBefore
  }

  static func all(of id: IncidentID, in db: Database) throws -> [LinkRow] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT id, incident, target, kind, at, author, statusBefore
        FROM link
        WHERE incident = ?1
          OR target = ?1
        ORDER BY id
        """
    )
    return try fetchAll(statement, arguments: [id.number])
  }

  var link: IncidentLink {
    IncidentLink(
      incident: IncidentID(number: incident),
      target: IncidentID(number: target),
      kind: kind,
      at: Instant(milliseconds: at),
      author: author,
      statusBefore: statusBefore
    )
  }

  static func all(
    _ id: IncidentID,
    _ target: IncidentID,
    _ kind: IncidentLink.Kind
  ) -> QueryInterfaceRequest<LinkRow> {
    filter(
      Column("incident") == id.number && Column("target") == target.number
        && Column("kind") == kind.rawValue
    )
  }

  static func one(
    _ id: IncidentID,
    _ target: IncidentID,
    _ kind: IncidentLink.Kind,
    in db: Database
  ) throws -> LinkRow? {
    try all(id, target, kind).fetchOne(db)
  }
}
