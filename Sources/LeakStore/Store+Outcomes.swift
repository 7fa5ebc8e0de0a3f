import GRDB
package import LeakModel

/// How one fix, or all fixes of one cause, fared.
package struct RepairOutcome: Sendable, Equatable {
  package let cause: Cause
  /// The fix as told; nil for all fixes of the cause.
  package let fix: String?
  /// How often it was applied.
  package let applied: Int
  /// How often later evidence proved it, and it has held since.
  package let verified: Int
  /// How often the trouble came back in spite of it.
  package let failed: Int
  /// When it was applied last.
  package let lastApplied: Instant
}

/// How the verdicts on incidents of one settled cause fared.
package struct VerdictOutcome: Sendable, Equatable {
  package let cause: Cause
  /// The incidents with this settled cause that have a verdict.
  package let judged: Int
  /// Those of them whose latest verdict names it first.
  package let right: Int
}

/// How long the steps of incidents took, in seconds; imported cases are left out.
package struct StepTimes: Sendable, Equatable {
  /// From the beginning to the first verdict that names the settled cause, or to the fix.
  package let toDiagnose: [Double]
  /// From the beginning to the first fix.
  package let toResolve: [Double]
  /// From a fix to the evidence that proved it.
  package let toVerify: [Double]
}

extension Store {
  /// How fixes fared, by cause, or by cause and words; the most applied first.
  ///
  /// Two fixes are one when their words are, whatever the case of the letters.
  ///
  /// - Parameters:
  ///   - filter: Which incidents count.
  ///   - isByFix: Whether each fix stands for itself.
  /// - Returns: The outcomes; empty when nothing was fixed.
  /// - Throws: `StoreError`.
  package func repairOutcomes(
    _ filter: IncidentFilter = IncidentFilter(),
    isByFix: Bool
  ) async throws -> [RepairOutcome] {
    try await read { db in
      try SQLRequest<RepairOutcomeRow>(
        """
        SELECT repair.cause,
          \(sql: isByFix ? "max(repair.fix)" : "NULL") AS fix,
          count(*) AS applied,
          count(verifiedAt) FILTER (WHERE failedAt IS NULL) AS verified,
          count(failedAt) AS failed,
          max(repair.at) AS lastApplied
        FROM repair
        JOIN incident ON incident.id = repair.incident
        WHERE \(Self.all(filter.conditions))
        GROUP BY repair.cause, \(sql: isByFix ? "lower(trim(repair.fix))" : "NULL")
        ORDER BY applied DESC, repair.cause, fix
        """
      ).fetchAll(db).map(\.outcome)
    }
  }

  /// How verdicts fared, by settled cause, in the order of the causes' ids.
  ///
  /// Uses index `verdictByIncident`.
  package func verdictOutcomes(
    _ filter: IncidentFilter = IncidentFilter()
  ) async throws -> [VerdictOutcome] {
    try await read { db in
      try SQLRequest<VerdictOutcomeRow>(
        """
        SELECT incident.cause,
          count(*) AS judged,
          count(*) FILTER (WHERE latest.cause = incident.cause) AS right
        FROM incident
        JOIN verdict AS latest ON latest.id = (
          SELECT max(verdict.id)
          FROM verdict
          WHERE verdict.incident = incident.id
        )
        WHERE incident.cause IS NOT NULL
          AND \(Self.all(filter.conditions))
        GROUP BY incident.cause
        ORDER BY incident.cause
        """
      ).fetchAll(db).map(\.outcome)
    }
  }

  /// How long the steps of incidents took.
  ///
  /// Uses indexes `repairByIncident` and `verdictByIncident`.
  package func stepTimes(_ filter: IncidentFilter = IncidentFilter()) async throws -> StepTimes {
    try await read { db in
      let conditions = Self.all(filter.conditions + ["incident.importedCase IS NULL"])
      let steps = try SQLRequest<StepRow>(
        """
        SELECT openedAt,
          min(repair.at) AS fixedAt,
          (
            SELECT min(verdict.at)
            FROM verdict
            WHERE verdict.incident = incident.id
              AND verdict.cause = incident.cause
          ) AS namedAt
        FROM repair
        JOIN incident ON incident.id = repair.incident
        WHERE \(conditions)
        GROUP BY incident.id
        """
      ).fetchAll(db)
      let proofs = try SQLRequest<Int64>(
        """
        SELECT verifiedAt - repair.at
        FROM repair
        JOIN incident ON incident.id = repair.incident
        WHERE verifiedAt IS NOT NULL
          AND \(conditions)
        """
      ).fetchAll(db)
      return StepTimes(
        toDiagnose: steps.map { Self.seconds(min($0.namedAt ?? $0.fixedAt, $0.fixedAt), $0) },
        toResolve: steps.map { Self.seconds($0.fixedAt, $0) },
        toVerify: proofs.map { Double(max(0, $0)) / 1_000 }
      )
    }
  }

  /// The number of incidents in each status that any has.
  package func statusCounts(
    _ filter: IncidentFilter = IncidentFilter()
  ) async throws -> [IncidentStatus: Int] {
    try await read { db in
      let rows = try SQLRequest<StatusRow>(
        """
        SELECT status, count(*) AS incidents
        FROM incident
        WHERE \(Self.all(filter.conditions))
        GROUP BY status
        """
      ).fetchAll(db)
      return Dictionary(rows.map { ($0.status, $0.incidents) }) { one, _ in one }
    }
  }

  private static func all(_ conditions: [SQL]) -> SQL {
    conditions.isEmpty ? "TRUE" : conditions.joined(separator: "\n  AND ")
  }

  private static func seconds(_ time: Int64, _ row: StepRow) -> Double {
    Double(max(0, time - row.openedAt)) / 1_000
  }
}

/// How a fix fared, as the engine counts it.
private struct RepairOutcomeRow: Decodable, FetchableRecord {
  let cause: Cause
  let fix: String?
  let applied: Int
  let verified: Int
  let failed: Int
  let lastApplied: Int64

  var outcome: RepairOutcome {
    RepairOutcome(
      cause: cause,
      fix: fix,
      applied: applied,
      verified: verified,
      failed: failed,
      lastApplied: Instant(milliseconds: lastApplied)
    )
  }
}

/// How verdicts fared, as the engine counts it.
private struct VerdictOutcomeRow: Decodable, FetchableRecord {
  let cause: Cause
  let judged: Int
  let right: Int

  var outcome: VerdictOutcome { VerdictOutcome(cause: cause, judged: judged, right: right) }
}

/// The moments of one incident, in milliseconds since 1970.
private struct StepRow: Decodable, FetchableRecord {
  let openedAt: Int64
  let fixedAt: Int64
  let namedAt: Int64?
}

/// How many incidents are in a status.
private struct StatusRow: Decodable, FetchableRecord {
  let status: IncidentStatus
  let incidents: Int
}
