import LeakAnalysis
package import LeakModel
package import LeakStore

/// What the base knows of verdicts and fixes: `leakbook.stats/1`.
package struct OutcomesDocument: Sendable, Equatable, Encodable {
  package static let schemaName = "leakbook.stats/1"

  /// How a playbook fared: its verdicts, and the fixes of its cause.
  package struct Playbook: Sendable, Equatable, Encodable {
    package let playbook: Cause
    /// Incidents with this settled cause that have a verdict, and those where it came first.
    package let judged: Int
    package let right: Int
    package let applied: Int
    package let verified: Int
    package let failed: Int
    /// The part of the fixes with a known outcome that hold; nil while there is none.
    package let successRate: Double?

    private enum CodingKeys: String, CodingKey {
      case playbook
      case judged
      case right
      case applied
      case verified
      case failed
      case successRate = "success_rate"
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(playbook, forKey: .playbook)
      try container.encode(judged, forKey: .judged)
      try container.encode(right, forKey: .right)
      try container.encode(applied, forKey: .applied)
      try container.encode(verified, forKey: .verified)
      try container.encode(failed, forKey: .failed)
      try container.encode(successRate, forKey: .successRate)
    }
  }

  /// How a fix fared.
  package struct Fix: Sendable, Equatable, Encodable {
    package let cause: Cause
    package let fix: String
    package let applied: Int
    package let verified: Int
    package let failed: Int
    package let successRate: Double?
    /// RFC 3339 in UTC.
    package let lastApplied: String

    private enum CodingKeys: String, CodingKey {
      case cause
      case fix
      case applied
      case verified
      case failed
      case successRate = "success_rate"
      case lastApplied = "last_applied"
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(cause, forKey: .cause)
      try container.encode(fix, forKey: .fix)
      try container.encode(applied, forKey: .applied)
      try container.encode(verified, forKey: .verified)
      try container.encode(failed, forKey: .failed)
      try container.encode(successRate, forKey: .successRate)
      try container.encode(lastApplied, forKey: .lastApplied)
    }
  }

  /// How long a step takes; imported cases are left out.
  package struct Duration: Sendable, Equatable, Encodable {
    package let count: Int
    /// Seconds; nil while nothing took the step.
    package let mean: Double?
    package let median: Double?

    init(_ seconds: [Double]) {
      count = seconds.count
      mean = seconds.isEmpty ? nil : seconds.reduce(0, +) / Double(seconds.count)
      median = seconds.isEmpty ? nil : seconds.median
    }

    private enum CodingKeys: String, CodingKey {
      case count
      case mean = "mean_s"
      case median = "median_s"
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(count, forKey: .count)
      try container.encode(mean, forKey: .mean)
      try container.encode(median, forKey: .median)
    }
  }

  package let schema = OutcomesDocument.schemaName
  /// The number of incidents in each status that any has.
  package let incidents: [String: Int]
  /// By cause, the most often fixed first.
  package let playbooks: [Playbook]
  /// The most often applied first.
  package let fixes: [Fix]
  package let timeToDiagnose: Duration
  package let timeToResolve: Duration
  package let timeToVerify: Duration

  private enum CodingKeys: String, CodingKey {
    case schema
    case incidents
    case playbooks
    case fixes
    case timeToDiagnose = "time_to_diagnose"
    case timeToResolve = "time_to_resolve"
    case timeToVerify = "time_to_verify"
  }

  init(
    statuses: [IncidentStatus: Int],
    verdicts: [VerdictOutcome],
    causes: [RepairOutcome],
    fixes: [RepairOutcome],
    times: StepTimes
  ) {
    incidents = Dictionary(uniqueKeysWithValues: statuses.map { ($0.rawValue, $1) })
    let repaired = Dictionary(causes.map { ($0.cause, $0) }) { one, _ in one }
    let judged = Dictionary(verdicts.map { ($0.cause, $0) }) { one, _ in one }
    let order = causes.map(\.cause) + verdicts.map(\.cause).filter { repaired[$0] == nil }
    playbooks = order.map { cause in
      Playbook(
        playbook: cause,
        judged: judged[cause]?.judged ?? 0,
        right: judged[cause]?.right ?? 0,
        applied: repaired[cause]?.applied ?? 0,
        verified: repaired[cause]?.verified ?? 0,
        failed: repaired[cause]?.failed ?? 0,
        successRate: repaired[cause]?.successRate
      )
    }
    self.fixes = fixes.map { outcome in
      Fix(
        cause: outcome.cause,
        fix: outcome.fix ?? "",
        applied: outcome.applied,
        verified: outcome.verified,
        failed: outcome.failed,
        successRate: outcome.successRate,
        lastApplied: outcome.lastApplied.description
      )
    }
    timeToDiagnose = Duration(times.toDiagnose)
    timeToResolve = Duration(times.toResolve)
    timeToVerify = Duration(times.toVerify)
  }
}

extension RepairOutcome {
  /// The part of the fixes with a known outcome that hold, in thousandths; nil while there is none.
  fileprivate var successRate: Double? {
    let known = verified + failed
    return known == 0 ? nil : (Double(verified) / Double(known) * 1_000).rounded() / 1_000
  }
}

extension Casebook {
  /// What became of verdicts and fixes, and how long the steps took.
  package func outcomes(
    _ filter: IncidentFilter = IncidentFilter()
  ) async throws -> OutcomesDocument {
    OutcomesDocument(
      statuses: try await store.statusCounts(filter),
      verdicts: try await store.verdictOutcomes(filter),
      causes: try await store.repairOutcomes(filter, isByFix: false),
      fixes: try await store.repairOutcomes(filter, isByFix: true),
      times: try await store.stepTimes(filter)
    )
  }
}
