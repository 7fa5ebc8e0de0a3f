import Foundation
import GRDB
package import LeakModel

/// What an incident is compared by, as kept.
package struct Likeness: Sendable, Equatable {
  /// The version of the normaliser that made the features.
  package let version: Int
  /// The features in the text of whoever compares them.
  package let features: String
  /// What the incident is found by.
  package let traits: Set<String>

  package init(version: Int, features: String, traits: Set<String> = []) {
    self.version = version
    self.features = features
    self.traits = traits
  }
}

extension Store {
  /// Keeps what an incident is compared by, in place of what was kept.
  ///
  /// Uses index `traitPlaceByIncident`.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func setLikeness(_ likeness: Likeness, of id: IncidentID) async throws {
    try await write { db in
      _ = try IncidentRow.find(id, in: db)
      try db.execute(
        literal: """
          INSERT INTO likeness (incident, version, features)
          VALUES (\(id.number), \(likeness.version), \(likeness.features))
          ON CONFLICT (incident)
          DO UPDATE SET version = excluded.version, features = excluded.features
          """
      )
      try Self.dropTraits(of: id, in: db)
      let put = try db.cachedStatement(
        sql: "INSERT INTO traitPlace (trait, incident) VALUES (?, ?)"
      )
      let count = try db.cachedStatement(
        sql: """
          INSERT INTO trait (text, incidents) VALUES (?, 1)
          ON CONFLICT (text) DO UPDATE SET incidents = incidents + 1
          RETURNING id
          """
      )
      for trait in likeness.traits.sorted() {
        guard let number = try Int64.fetchOne(count, arguments: [trait]) else { continue }
        try put.execute(arguments: [number, id.number])
      }
    }
  }

  private static func dropTraits(of id: IncidentID, in db: Database) throws {
    try db.execute(
      literal: """
        UPDATE trait
        SET incidents = incidents - 1
        WHERE id IN (SELECT trait FROM traitPlace WHERE incident = \(id.number))
        """
    )
    try db.execute(literal: "DELETE FROM traitPlace WHERE incident = \(id.number)")
  }

  /// What some incidents are compared by, without the traits; those that have nothing are left out.
  ///
  /// Uses the primary key.
  package func likenesses(
    of ids: some Sequence<IncidentID>
  ) async throws -> [IncidentID: Likeness] {
    let ids = Set(ids)
    return try await read { db in
      let find = try db.cachedStatement(
        sql: "SELECT version, features FROM likeness WHERE incident = ?"
      )
      var found: [IncidentID: Likeness] = [:]
      for id in ids {
        found[id] = try Row.fetchOne(find, arguments: [id.number]).map {
          Likeness(version: $0[0], features: $0[1])
        }
      }
      return found
    }
  }

  /// How many incidents have each trait, and how many have any; a trait that none has is left out.
  ///
  /// Uses the unique index of `trait`.
  package func traitCounts(
    _ traits: some Sequence<String>
  ) async throws -> (counts: [String: Int], incidents: Int) {
    let traits = Set(traits)
    return try await read { db in
      let find = try db.cachedStatement(sql: "SELECT incidents FROM trait WHERE text = ?")
      var counts: [String: Int] = [:]
      for trait in traits { counts[trait] = try Int.fetchOne(find, arguments: [trait]) }
      return (counts, try WordIndex.incidents(in: db))
    }
  }

  /// The incidents that have some of the traits, by the rarest traits first and the newest of each.
  ///
  /// Uses the primary key of `traitPlace`.
  /// The traits are given the rarest first; each brings `each` incidents at most.
  package func incidents(
    withTraits traits: [String],
    each: Int,
    limit: Int
  ) async throws -> Set<IncidentID> {
    try await read { db in
      let find = try db.cachedStatement(
        sql: """
          SELECT incident
          FROM traitPlace
          WHERE trait = (SELECT id FROM trait WHERE text = ?)
          ORDER BY incident DESC
          LIMIT ?
          """
      )
      var found: Set<IncidentID> = []
      for trait in traits where found.count < limit {
        for number in try Int64.fetchAll(find, arguments: [trait, each]) {
          found.insert(IncidentID(number: number))
        }
      }
      return found
    }
  }

  /// The newest incidents with a cause that a person settled.
  ///
  /// Uses index `incidentByCause`.
  package func incidents(settledAs cause: Cause, limit: Int) async throws -> [IncidentID] {
    try await read { db in
      try SQLRequest<Int64>(
        """
        SELECT id
        FROM incident
        WHERE cause = \(cause.rawValue)
        ORDER BY id DESC
        LIMIT \(limit)
        """
      ).fetchAll(db).map { IncidentID(number: $0) }
    }
  }

  /// Some incidents by their numbers; those that are not there are left out.
  ///
  /// Uses the primary key.
  package func incidents(
    _ ids: some Sequence<IncidentID>
  ) async throws -> [IncidentID: Incident] {
    let list = "[\(Set(ids).map(\.number).sorted().map(String.init).joined(separator: ","))]"
    return try await read { db in
      let rows = try SQLRequest<IncidentRow>(
        """
        SELECT incident.*
        FROM json_each(\(list)) AS wanted
        CROSS JOIN incident ON incident.id = wanted.value
        """
      ).fetchAll(db)
      return Dictionary(uniqueKeysWithValues: rows.map { ($0.incident.id, $0.incident) })
    }
  }
}
