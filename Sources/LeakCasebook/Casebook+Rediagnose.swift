import LeakDiagnosis
package import LeakModel
package import LeakStore

/// A past verdict beside what the present rules say of the same evidence.
package struct Rediagnosis: Sendable, Equatable, Encodable {
  /// What became of the verdict; the raw values are a contract.
  package enum Outcome: String, Sendable, Codable {
    /// The same rules made the same verdict, byte for byte.
    case reproduced
    /// Another cause comes first now.
    case flipped
    /// The same cause, with another confidence or other reasons.
    case changed
    /// The evidence cannot be judged any more; `reason` says why.
    case unreadable
  }

  /// The first explanation, and the rules that gave it.
  package struct Judgement: Sendable, Equatable, Encodable {
    package let cause: Cause
    package let confidence: Double
    /// The hash of the playbooks that judged.
    package let rules: String
  }

  package let incident: String
  package let title: String
  /// The cause that a person settled.
  package let settled: Cause?
  package let outcome: Outcome
  package let before: Judgement
  package let after: Judgement?
  /// The captures that were judged, by their SHA-256.
  package let evidence: [String]
  package let reason: String?

  private enum CodingKeys: String, CodingKey {
    case incident
    case title
    case settled
    case outcome
    case before
    case after
    case evidence
    case reason
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(incident, forKey: .incident)
    try container.encode(title, forKey: .title)
    try container.encode(settled, forKey: .settled)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(before, forKey: .before)
    try container.encode(after, forKey: .after)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(reason, forKey: .reason)
  }

  /// Whether the settled cause came first before, or comes first now; nil while none is settled.
  package var gain: Int? {
    guard let settled else { return nil }
    return (after?.cause == settled ? 1 : 0) - (before.cause == settled ? 1 : 0)
  }
}

extension Casebook {
  /// Judges the evidence of an incident's latest verdict again, by the present rules.
  ///
  /// The captures are those that the verdict names, each checked against its SHA-256, and the limit
  /// is the one it forecast with, so with the same rules the verdict comes out the same.
  ///
  /// - Parameters:
  ///   - id: The incident.
  ///   - isDryRun: Whether to leave the verdict as it is; else one that differs is kept.
  /// - Returns: Both verdicts; nil when the incident has none.
  /// - Throws: `StoreError.noSuchIncident`.
  package func reconsider(_ id: IncidentID, isDryRun: Bool) async throws -> Rediagnosis? {
    let incident = try await store.incident(id)
    guard let old = try await store.latestVerdict(of: id) else { return nil }
    let files: [EvidenceFile]
    let examination: Examination
    let diagnosis: Diagnosis
    do {
      files = try await old.evidence.isEmpty ? evidenceFiles(of: id) : evidenceFiles(old.evidence)
      examination = Examination(files)
      diagnosis = try diagnoser.diagnose(examination, serviceLimit: old.limit)
    } catch let error as CasebookError {
      return Rediagnosis(incident, old, reason: error.description)
    } catch is Diagnoser.NothingRecognised {
      return Rediagnosis(incident, old, reason: "none of its captures is recognised any more")
    }
    guard let new = try storedVerdict(diagnosis, on: files) else { return nil }
    if !isDryRun, new.json != old.json {
      try await store.record(new, for: id, severity: diagnosis.troubleSeverity)
      try await learn(examination, diagnosis, of: id)
    }
    return Rediagnosis(incident, old, new)
  }

  /// The incidents that a filter lets through, the newest first, without end.
  ///
  /// - Parameters:
  ///   - filter: Which incidents.
  ///   - body: Called with each.
  /// - Throws: What `body` throws, which ends the walk.
  package func forEachIncident(
    _ filter: IncidentFilter,
    _ body: (Incident) async throws -> Void
  ) async throws {
    var cursor: Cursor?
    repeat {
      let page = try await store.incidents(filter, limit: 1_000, after: cursor)
      for incident in page.items { try await body(incident) }
      cursor = page.next
    } while cursor != nil
  }
}

extension StoredVerdict {
  /// The memory limit that the verdict's forecast was made with; nil without a forecast.
  fileprivate var limit: Bytes? {
    get throws {
      try CanonicalJSON.read(Diagnosis.self, from: json).forecast?.limit.map { Bytes($0) }
    }
  }
}

extension Rediagnosis {
  fileprivate init(_ incident: Incident, _ old: StoredVerdict, _ new: StoredVerdict) {
    self.init(
      incident: incident.id.description,
      title: incident.title,
      settled: incident.cause,
      outcome: new.json == old.json
        ? .reproduced : new.cause == old.cause ? .changed : .flipped,
      before: Judgement(old),
      after: Judgement(new),
      evidence: new.evidence.map(\.sha256),
      reason: nil
    )
  }

  fileprivate init(_ incident: Incident, _ old: StoredVerdict, reason: String) {
    self.init(
      incident: incident.id.description,
      title: incident.title,
      settled: incident.cause,
      outcome: .unreadable,
      before: Judgement(old),
      after: nil,
      evidence: old.evidence.map(\.sha256),
      reason: reason
    )
  }
}

extension Rediagnosis.Judgement {
  fileprivate init(_ verdict: StoredVerdict) {
    self.init(cause: verdict.cause, confidence: verdict.confidence, rules: verdict.rules)
  }
}
