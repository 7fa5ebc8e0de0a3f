import Foundation
import GRDB
package import LeakModel

/// The address and size of raw bytes that the store keeps.
package struct StoredCapture: Sendable, Equatable {
  /// SHA-256 of the bytes, in lower-case hex.
  package let sha256: String
  /// Size in bytes.
  package let size: Int64
}

extension Store {
  /// Keeps captures with an incident; bytes that the store has already are not kept twice.
  ///
  /// They belong to the present round of the trouble. The timeline names those that were new to it.
  ///
  /// - Returns: The evidence that was new, in the order given.
  /// - Throws: `StoreError.noSuchIncident`.
  @discardableResult
  package func keep(
    _ captures: [RawCapture],
    for id: IncidentID,
    as role: EvidenceRole = .incident,
    author: String
  ) async throws -> [Evidence] {
    try await write { db in
      _ = try IncidentRow.find(id, in: db)
      return try Self.keep(captures, for: id, as: role, author: author, db)
    }
  }

  /// The evidence of an incident, in the order it was added.
  ///
  /// Uses the unique index of table `evidence`, which begins with `incident`.
  ///
  /// - Throws: `StoreError.noSuchIncident`.
  package func evidence(of id: IncidentID) async throws -> [Evidence] {
    try await read { db in
      _ = try IncidentRow.find(id, in: db)
      return try Self.evidence(of: id, db)
    }
  }

  /// The evidence of an incident within a transaction.
  static func evidence(of id: IncidentID, _ db: Database) throws -> [Evidence] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT evidence.sha256, source, format, size, capturedAt, addedAt, role, round
        FROM evidence
        JOIN capture ON capture.sha256 = evidence.sha256
        WHERE incident = ?
        ORDER BY evidence.id
        """
    )
    return try EvidenceRow.fetchAll(statement, arguments: [id.number]).map(\.evidence)
  }

  /// The raw bytes kept under a SHA-256 in lower-case hex; nil when there are none.
  ///
  /// That they still have this hash is for the caller to verify.
  package func bytes(of sha256: String) async throws -> [UInt8]? {
    try await read { db in
      try SQLRequest<Data>("SELECT bytes FROM capture WHERE sha256 = \(sha256)")
        .fetchOne(db).map { [UInt8]($0) }
    }
  }

  /// All that is kept raw, in the order of the addresses.
  package func captures() async throws -> [StoredCapture] {
    try await read { db in
      try SQLRequest<CaptureRow>("SELECT sha256, size FROM capture ORDER BY sha256")
        .fetchAll(db).map(\.capture)
    }
  }

  /// Keeps captures within a transaction; answers the evidence that was new to the incident.
  @discardableResult
  static func keep(
    _ captures: [RawCapture],
    for id: IncidentID,
    as role: EvidenceRole = .incident,
    author: String,
    _ db: Database
  ) throws -> [Evidence] {
    var added: [Evidence] = []
    let round = try round(of: id, db)
    for capture in captures {
      let evidence = capture.evidence
      try keep(capture, db)
      let row = Evidence(evidence, role: role, round: round)
      if try insert(row, of: id, db) { added.append(row) }
    }
    guard let latest = added.map(\.addedAt).max() else { return [] }
    let names = added.map(\.source).joined(separator: ", ")
    try touch(id, at: latest, db)
    try add(
      TimelineEvent(at: latest, author: author, kind: .evidence, detail: names),
      to: id,
      db
    )
    return added
  }

  /// Keeps bytes under their address, once.
  static func keep(_ capture: RawCapture, _ db: Database) throws {
    try db.execute(
      literal: """
        INSERT INTO capture (sha256, size, bytes)
        VALUES (
          \(capture.evidence.sha256), \(capture.evidence.size), \(Data(capture.bytes))
        )
        ON CONFLICT (sha256) DO NOTHING
        """
    )
  }

  /// Gives evidence to an incident; false when it had it already.
  static func insert(_ evidence: Evidence, of id: IncidentID, _ db: Database) throws -> Bool {
    try db.execute(
      literal: """
        INSERT INTO evidence
          (incident, sha256, source, format, capturedAt, addedAt, role, round)
        VALUES (
          \(id.number), \(evidence.sha256), \(evidence.source), \(evidence.format),
          \(evidence.capturedAt?.milliseconds), \(evidence.addedAt.milliseconds),
          \(evidence.role.rawValue), \(evidence.round)
        )
        ON CONFLICT (incident, sha256, source, role, round) DO NOTHING
        """
    )
    return db.changesCount > 0
  }

  /// The present round of the trouble: 1, and 1 more each time it was reopened.
  ///
  /// Uses index `eventByIncidentAndTime`.
  private static func round(of id: IncidentID, _ db: Database) throws -> Int {
    try SQLRequest<Int>(
      """
      SELECT 1 + count(*)
      FROM event
      WHERE incident = \(id.number)
        AND kind = \(TimelineEvent.Kind.reopened.rawValue)
      """
    ).fetchOne(db) ?? 1
  }
}

extension Evidence {
  /// The same capture for a purpose and a round.
  fileprivate init(_ evidence: Evidence, role: EvidenceRole, round: Int) {
    self.init(
      sha256: evidence.sha256,
      source: evidence.source,
      format: evidence.format,
      size: evidence.size,
      capturedAt: evidence.capturedAt,
      addedAt: evidence.addedAt,
      role: role,
      round: round
    )
  }
}

/// Evidence with the size of its bytes.
private struct EvidenceRow: Decodable, FetchableRecord {
  let sha256: String
  let source: String
  let format: String?
  let size: Int64
  let capturedAt: Int64?
  let addedAt: Int64
  let role: EvidenceRole
  let round: Int

  var evidence: Evidence {
    Evidence(
      sha256: sha256,
      source: source,
      format: format,
      size: size,
      capturedAt: capturedAt.map { Instant(milliseconds: $0) },
      addedAt: Instant(milliseconds: addedAt),
      role: role,
      round: round
    )
  }
}

/// A capture without its bytes.
private struct CaptureRow: Decodable, FetchableRecord {
  let sha256: String
  let size: Int64

  var capture: StoredCapture { StoredCapture(sha256: sha256, size: size) }
}
