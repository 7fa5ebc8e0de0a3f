import Foundation
import GRDB
package import LeakModel

/// Something that makes incidents alike: a stack key, a fact, a word.
package struct Feature: Sendable, Hashable, Codable {
  /// What it is, for example `goroutine`, `heap`, `fact` or `word`.
  package let kind: String
  package let text: String

  package init(kind: String, text: String) {
    self.kind = kind
    self.text = text
  }
}

/// The features that an incident has in common with those asked for, with its own weights.
package struct SharedFeatures: Sendable, Equatable {
  package let incident: IncidentID
  package let features: [Feature: Double]
}

extension Store {
  /// Gives an incident these features and weights in place of those it had.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func setFeatures(_ features: [Feature: Double], of id: IncidentID) async throws {
    try await write { db in
      _ = try IncidentRow.find(id, in: db)
      try db.execute(literal: "DELETE FROM stackFeature WHERE incident = \(id.number)")
      for (feature, weight) in features {
        try FeatureRow(
          incident: id.number,
          kind: feature.kind,
          feature: feature.text,
          weight: weight
        ).insert(db)
      }
    }
  }

  /// The features of an incident with their weights; empty when it has none.
  ///
  /// Uses the primary key, which begins with `incident`.
  package func features(of id: IncidentID) async throws -> [Feature: Double] {
    try await read { db in
      try FeatureRow.filter(Column("incident") == id.number).fetchAll(db).weights
    }
  }

  /// The incidents that share most with some features, the most alike first.
  ///
  /// They are ordered by the sum of the products of the weights asked and stored, equal ones by
  /// descending number. Uses index `stackFeatureByFeature`.
  package func incidentsSharing(
    _ features: [Feature: Double],
    limit: Int = 200
  ) async throws -> [SharedFeatures] {
    let wanted = try WantedFeature.json(features)
    return try await read { db in
      let rows = try SQLRequest<FeatureRow>(
        """
        WITH wanted AS MATERIALIZED (
          SELECT value ->> 'kind' AS kind, value ->> 'text' AS text, value ->> 'weight' AS weight
          FROM json_each(\(wanted))
        ),
        shared AS MATERIALIZED (
          SELECT incident, stackFeature.kind, feature, stackFeature.weight,
            wanted.weight * stackFeature.weight AS product
          FROM wanted
          CROSS JOIN stackFeature INDEXED BY stackFeatureByFeature
            ON stackFeature.feature = wanted.text
            AND stackFeature.kind = wanted.kind
        ),
        best AS MATERIALIZED (
          SELECT incident, sum(product) AS likeness
          FROM shared
          GROUP BY incident
          ORDER BY likeness DESC, incident DESC
          LIMIT \(limit)
        )
        SELECT shared.incident, kind, feature, weight
        FROM best
        JOIN shared ON shared.incident = best.incident
        ORDER BY likeness DESC, shared.incident DESC
        """
      ).fetchAll(db)
      return rows.chunked.map { SharedFeatures(incident: $0.incident, features: $0.rows.weights) }
    }
  }

  /// How many incidents have each feature; a feature that none has is left out.
  ///
  /// Uses index `stackFeatureByFeature`.
  package func documentFrequencies(
    of features: some Sequence<Feature>
  ) async throws -> [Feature: Int] {
    let wanted = try WantedFeature.json(Dictionary(features.map { ($0, 1) }) { one, _ in one })
    return try await read { db in
      let rows = try SQLRequest<FeatureFrequency>(
        """
        SELECT stackFeature.kind, feature, count(*) AS incidents
        FROM json_each(\(wanted)) AS wanted
        CROSS JOIN stackFeature INDEXED BY stackFeatureByFeature
          ON stackFeature.feature = wanted.value ->> 'text'
          AND stackFeature.kind = wanted.value ->> 'kind'
        GROUP BY feature, stackFeature.kind
        """
      ).fetchAll(db)
      return Dictionary(rows.map { (Feature(kind: $0.kind, text: $0.feature), $0.incidents) }) {
        one,
        _ in one
      }
    }
  }
}

/// A feature asked for, on its way into a request as JSON: one argument, however many there are.
private struct WantedFeature: Encodable {
  let kind: String
  let text: String
  let weight: Double

  static func json(_ features: [Feature: Double]) throws -> String {
    let wanted = features.map { WantedFeature(kind: $0.kind, text: $0.text, weight: $1) }
    return String(decoding: try JSONEncoder().encode(wanted), as: UTF8.self)
  }
}

/// A feature of an incident as table `stackFeature` holds it.
private struct FeatureRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "stackFeature"

  let incident: Int64
  let kind: String
  let feature: String
  let weight: Double
}

/// How many incidents have a feature.
private struct FeatureFrequency: Decodable, FetchableRecord {
  let kind: String
  let feature: String
  let incidents: Int
}

extension [FeatureRow] {
  /// The features with their weights, whichever incident has them.
  fileprivate var weights: [Feature: Double] {
    Dictionary(map { (Feature(kind: $0.kind, text: $0.feature), $0.weight) }) { one, _ in one }
  }

  /// The rows by incident, in the order in which the incidents first come.
  fileprivate var chunked: [(incident: IncidentID, rows: [FeatureRow])] {
    var chunks: [(incident: IncidentID, rows: [FeatureRow])] = []
    for row in self {
      if chunks.last?.incident.number != row.incident {
        chunks.append((IncidentID(number: row.incident), []))
      }
      chunks[chunks.count - 1].rows.append(row)
    }
    return chunks
  }
}
