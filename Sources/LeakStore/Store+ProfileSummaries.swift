import GRDB

/// The heaviest functions of one sample type of a profile.
package struct ProfileSummary: Sendable, Equatable {
  /// A function and what it allocated or holds, in the unit of the sample type.
  package struct Row: Sendable, Equatable {
    package let function: String
    /// The share of the function itself.
    package let flat: Int64
    /// The share of the function and all it called.
    package let cum: Int64

    package init(function: String, flat: Int64, cum: Int64) {
      self.function = function
      self.flat = flat
      self.cum = cum
    }
  }

  /// The sample type as Go writes it, for example `inuse_space`.
  package let sampleType: String
  /// The sum over all samples, those of functions left out included.
  package let total: Int64
  /// The heaviest first; never empty once stored.
  package let rows: [Row]

  package init(sampleType: String, total: Int64, rows: [Row]) {
    self.sampleType = sampleType
    self.total = total
    self.rows = rows
  }
}

extension Store {
  /// Keeps the summaries of a capture in place of those it had; one without rows is left out.
  ///
  /// - Throws: `StoreError.refused` when there are no bytes under the SHA-256.
  package func setProfileSummary(
    _ summaries: [ProfileSummary],
    of sha256: String
  ) async throws {
    try await write { db in
      try db.execute(literal: "DELETE FROM profileSummary WHERE sha256 = \(sha256)")
      for summary in summaries {
        for (index, row) in summary.rows.enumerated() {
          try ProfileSummaryRow(
            sha256: sha256,
            sampleType: summary.sampleType,
            rank: index + 1,
            function: row.function,
            flat: row.flat,
            cum: row.cum,
            total: summary.total
          ).insert(db)
        }
      }
    }
  }

  /// The summaries of a capture, in the order of their sample types; empty when it has none.
  ///
  /// Uses the primary key.
  package func profileSummary(of sha256: String) async throws -> [ProfileSummary] {
    try await read { db in
      let rows = try ProfileSummaryRow.filter(Column("sha256") == sha256)
        .order(Column("sampleType"), Column("rank")).fetchAll(db)
      return Dictionary(grouping: rows, by: \.sampleType).sorted { $0.key < $1.key }
        .map { sampleType, rows in
          ProfileSummary(
            sampleType: sampleType,
            total: rows.first?.total ?? 0,
            rows: rows.map { .init(function: $0.function, flat: $0.flat, cum: $0.cum) }
          )
        }
    }
  }
}

/// A function's place in a summary as table `profileSummary` holds it.
private struct ProfileSummaryRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "profileSummary"

  let sha256: String
  let sampleType: String
  let rank: Int
  let function: String
  let flat: Int64
  let cum: Int64
  let total: Int64
}
