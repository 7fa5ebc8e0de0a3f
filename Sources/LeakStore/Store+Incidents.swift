import Foundation
import GRDB
package import LeakModel

extension Store {
  /// Opens an incident under the next number and keeps its captures, all or nothing.
  ///
  /// Numbers ascend and are never given twice. The evidence is kept raw, before anyone parses it.
  @discardableResult
  package func insert(
    _ new: NewIncident,
    captures: [RawCapture] = []
  ) async throws -> Incident {
    try await write { db in try Self.insert(new, captures: captures, db) }
  }

  /// Opens an incident within a transaction.
  static func insert(
    _ new: NewIncident,
    captures: [RawCapture] = [],
    _ db: Database
  ) throws -> Incident {
    try see(service: new.service, at: new.openedAt, db)
    let incident = new.numbered(try nextIncidentID(db))
    try IncidentRow(incident).insert(db)
    try identify(incident.id, as: newIdentity(), db)
    if let repair = Repair(settledBy: new) { try RepairRow(repair, of: incident.id).insert(db) }
    let opened = TimelineEvent(
      at: new.loggedAt,
      author: new.author,
      kind: .opened,
      detail: new.title
    )
    try add(opened, to: incident.id, db)
    try keep(captures, for: incident.id, author: new.author, db)
    try SearchDocument.reindex(incident.id, in: db)
    return incident
  }

  /// Fetches an incident.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func incident(_ id: IncidentID) async throws -> Incident {
    try await read { db in try IncidentRow.find(id, in: db).incident }
  }

  /// Changes an incident and puts the event into its timeline, both or neither.
  ///
  /// No other write comes between the reading of the incident and its change. `updatedAt` moves
  /// on to the event's time, never back.
  ///
  /// - Parameters:
  ///   - id: The incident to change.
  ///   - event: What the timeline will say.
  ///   - repair: What becomes of the fixes of the incident.
  ///   - change: Changes the incident as it stands; what it throws undoes everything.
  /// - Returns: The incident as changed.
  /// - Throws: `StoreError.noSuchIncident`, `StoreError.changedMeanwhile` in a store that expects
  ///   other revisions, or what `change` throws.
  @discardableResult
  package func update(
    _ id: IncidentID,
    event: TimelineEvent,
    repair: RepairChange = .unchanged,
    _ change: @escaping @Sendable (inout Incident) throws -> Void
  ) async throws -> Incident {
    let expected = expectedRevisions
    return try await write { db in
      if let expected, !expected.contains(try Self.revision(of: id, db)) {
        _ = try IncidentRow.find(id, in: db)
        throw StoreError.changedMeanwhile(id)
      }
      let incident = try Self.update(id, event: event, db, change)
      try Self.apply(repair, to: id, db)
      return incident
    }
  }

  /// Changes an incident within a transaction.
  static func update(
    _ id: IncidentID,
    event: TimelineEvent,
    _ db: Database,
    _ change: (inout Incident) throws -> Void
  ) throws -> Incident {
    var incident = try IncidentRow.find(id, in: db).incident
    try change(&incident)
    incident.updatedAt = max(incident.updatedAt, event.at)
    try see(service: incident.service, at: incident.openedAt, db)
    try IncidentRow(incident).update(db)
    try add(event, to: id, db)
    try SearchDocument.reindex(id, in: db)
    return incident
  }

  /// What a new incident is known by in every base: 128 random bits in hex.
  private static func newIdentity() -> String {
    UUID().uuidString.lowercased().filter { $0 != "-" }
  }

  static func nextIncidentID(_ db: Database) throws -> IncidentID {
    let request: SQLRequest<Int64> = """
      UPDATE counter
      SET last = last + 1
      WHERE name = 'incident'
      RETURNING last
      """
    guard let number = try request.fetchOne(db) else {
      throw StoreError.corrupt(detail: "the counter of incidents is gone")
    }
    return IncidentID(number: number)
  }
}
