import LeakAnalysis
package import LeakModel
import LeakStore

/// All there is to know of one incident.
package struct IncidentReport: Sendable {
  package let incident: Incident
  package let evidence: [Evidence]
  /// The latest diagnosis.
  package let diagnosis: Diagnosis?
  package let timeline: [TimelineEntry]
  /// Grows with every change of any of the above.
  package let revision: Int64
}

/// One line of an incident's timeline.
package struct TimelineEntry: Sendable, Equatable {
  package let at: Instant
  package let author: String
  /// What happened, in one word of the store: opened, note, evidence, diagnosed, resolved.
  package let kind: String
  package let detail: String
}

extension Casebook {
  /// Gathers all there is to know of an incident.
  package func report(on id: IncidentID) async throws -> IncidentReport {
    let record = try await store.record(of: id)
    return IncidentReport(
      incident: record.incident,
      evidence: record.evidence,
      diagnosis: try record.verdict.map { try CanonicalJSON.read(Diagnosis.self, from: $0.json) },
      timeline: record.timeline.map {
        TimelineEntry(at: $0.at, author: $0.author, kind: $0.kind.rawValue, detail: $0.detail)
      },
      revision: record.revision
    )
  }

  /// The latest diagnosis kept with an incident.
  package func latestDiagnosis(of id: IncidentID) async throws -> Diagnosis? {
    try await store.latestVerdict(of: id).map {
      try CanonicalJSON.read(Diagnosis.self, from: $0.json)
    }
  }

  /// Adds a remark to an incident's timeline.
  package func note(_ text: String, on id: IncidentID, author: String) async throws {
    try await store.add(Note(at: now(), author: author, text: text), to: id)
  }

  /// The pain has stopped, by a restart or a bigger limit; the cause is still there.
  @discardableResult
  package func mitigate(_ id: IncidentID, how: String, author: String) async throws -> Incident {
    let event = TimelineEvent(at: now(), author: author, kind: .mitigated, detail: how)
    return try await store.update(id, event: event) { incident in
      try incident.requireOpen()
      incident.status = .mitigated
    }
  }

  /// The cause is known and repaired; `verified` is for later evidence to say.
  @discardableResult
  package func resolve(
    _ id: IncidentID,
    cause: Cause,
    fix: String,
    commit: String?,
    author: String
  ) async throws -> Incident {
    guard fix.contains(where: { !$0.isWhitespace }) else { throw CasebookError.emptyFix(id) }
    let event = TimelineEvent(
      at: now(),
      author: author,
      kind: .resolved,
      detail: "\(cause.rawValue): \(fix)"
    )
    let incident = try await store.update(id, event: event) { incident in
      try incident.requireOpen()
      incident.status = cause == .healthy ? .notALeak : .resolved
      incident.cause = cause
      incident.fix = fix
      incident.fixCommit = commit
    }
    var features = IncidentFeatures(stored: try await store.features(of: id))
    features.settle(cause)
    try await store.setFeatures(features.stored, of: id)
    return incident
  }

  /// It is back.
  @discardableResult
  package func reopen(_ id: IncidentID, why: String, author: String) async throws -> Incident {
    let event = TimelineEvent(at: now(), author: author, kind: .reopened, detail: why)
    return try await store.update(id, event: event) { incident in
      guard incident.isClosed else { throw CasebookError.notClosed(id, incident.status) }
      incident.status = .reopened
      incident.labels["duplicate-of"] = nil
    }
  }

  /// Marks an incident as another one told twice.
  @discardableResult
  package func link(
    _ id: IncidentID,
    to original: IncidentID,
    author: String
  ) async throws -> Incident {
    guard id != original else { throw CasebookError.linkToItself(id) }
    _ = try await store.incident(original)
    let event = TimelineEvent(
      at: now(),
      author: author,
      kind: .duplicate,
      detail: "duplicate of \(original)"
    )
    return try await store.update(id, event: event) { incident in
      try incident.requireOpen()
      incident.status = .duplicate
      incident.labels["duplicate-of"] = original.description
    }
  }
}

extension Incident {
  /// Whether nothing more is expected to happen to it.
  package var isClosed: Bool {
    switch status {
    case .resolved, .verified, .notALeak, .duplicate: true
    case .open, .mitigated, .reopened: false
    }
  }

  fileprivate func requireOpen() throws {
    if isClosed { throw CasebookError.alreadyClosed(id, status) }
  }
}
