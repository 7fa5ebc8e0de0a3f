import GRDB
package import LeakModel

extension Store {
  /// The incidents that came from case folders, by the folder's name.
  ///
  /// Uses index `incidentByImportedCase`.
  package func importedCases() async throws -> [String: IncidentID] {
    try await read { db in
      let rows = try SQLRequest<ImportedRow>(
        "SELECT id, importedCase FROM incident WHERE importedCase IS NOT NULL"
      ).fetchAll(db)
      return Dictionary(rows.map { ($0.importedCase, IncidentID(number: $0.id)) }) { one, _ in one }
    }
  }
}

/// An incident's number and the case it came from.
private struct ImportedRow: Decodable, FetchableRecord {
  let id: Int64
  let importedCase: String
}
