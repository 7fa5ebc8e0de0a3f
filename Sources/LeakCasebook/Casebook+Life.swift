package import LeakModel
import LeakStore

/// All there is to know of one incident.
package struct IncidentReport: Sendable {
  package let incident: Incident
  package let evidence: [Evidence]
  /// The latest diagnosis.
  package let diagnosis: Diagnosis?
  package let timeline: [TimelineEntry]
  /// The links from it and to it, in the order in which they were made.
  package let links: [LinkEntry]
  /// What later evidence said of the fix, the latest; nil while there is none.
  package let verification: VerificationDocument?
  /// Grows with every change of any of the above.
  package let revision: Int64
}

/// A link of an incident, seen from it.
package struct LinkEntry: Sendable, Equatable, Codable {
  /// `duplicate-of`, `recurrence-of`, `related-to`; towards it `duplicated-by`, `recurred-as`.
  package let kind: String
  package let incident: String

  package init(kind: String, incident: String) {
    self.kind = kind
    self.incident = incident
  }
}

/// One line of an incident's timeline.
package struct TimelineEntry: Sendable, Equatable {
  package let at: Instant
  package let author: String
  /// What happened, in one word of the store: opened, note, evidence, diagnosed, resolved.
  package let kind: String
  package let detail: String

  init(_ event: TimelineEvent) {
    self.at = event.at
    self.author = event.author
    self.kind = event.kind.rawValue
    self.detail = event.detail
  }
}

extension Casebook {
  /// Gathers all there is to know of an incident.
  package func report(on id: IncidentID) async throws -> IncidentReport {
    let record = try await store.state(of: id)
    return IncidentReport(
      incident: record.incident,
      evidence: record.evidence,
      diagnosis: try record.verdict.map { try CanonicalJSON.read(Diagnosis.self, from: $0) },
      timeline: record.timeline.map { TimelineEntry($0) },
      links: record.links.map { LinkEntry($0, of: id) },
      verification: try record.verification.map {
        try CanonicalJSON.read(VerificationDocument.self, from: $0)
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
  ///
  /// What stopped it may be told later, or more of it: the timeline has each.
  @discardableResult
  package func mitigate(_ id: IncidentID, how: String, author: String) async throws -> Incident {
    let event = TimelineEvent(at: now(), author: author, kind: .mitigated, detail: how)
    return try await store.update(id, event: event) { incident in
      let isToldMore = incident.status == .mitigated && !how.isEmpty
      if !isToldMore { try incident.become(.mitigated) }
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
    let time = now()
    let event = TimelineEvent(
      at: time,
      author: author,
      kind: cause == .healthy ? .notALeak : .resolved,
      detail: "\(cause.rawValue): \(fix)"
    )
    let repair = Repair(cause: cause, fix: fix, commit: commit, at: time, author: author)
    return try await store.update(
      id,
      event: event,
      repair: cause == .healthy ? .unchanged : .applied(repair)
    ) { incident in
      try incident.become(cause == .healthy ? .notALeak : .resolved)
      incident.cause = cause
      incident.fix = fix
      incident.fixCommit = commit
    }
  }

  /// It is back: the latest fix did not hold.
  @discardableResult
  package func reopen(_ id: IncidentID, why: String, author: String) async throws -> Incident {
    let event = TimelineEvent(at: now(), author: author, kind: .reopened, detail: why)
    // What was no leak, or a twin, was never repaired.
    let wasRepaired = [.resolved, .verified].contains(try await store.incident(id).status)
    let incident = try await store.update(
      id,
      event: event,
      repair: wasRepaired ? .failed(at: event.at) : .unchanged
    ) {
      try $0.become(.reopened)
    }
    // A twin that is a trouble of its own was linked wrongly.
    for link in try await store.links(of: id)
    where link.incident == id && link.kind == .duplicateOf {
      try await unlink(id, from: link.target, author: author)
    }
    return incident
  }

  /// Sets labels, and takes others away.
  ///
  /// - Parameters:
  ///   - labels: What to set, by name.
  ///   - removed: The names to take away; one that is not there is passed over.
  ///   - id: The incident.
  ///   - author: Who does it.
  /// - Returns: The incident as it is then.
  /// - Throws: `StoreError.noSuchIncident`.
  @discardableResult
  package func label(
    _ labels: [String: String],
    removing removed: [String] = [],
    of id: IncidentID,
    author: String
  ) async throws -> Incident {
    let set = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let detail =
      "labels: " + (set + removed.sorted().map { "without \($0)" }).joined(separator: " ")
    let event = TimelineEvent(at: now(), author: author, kind: .edited, detail: detail)
    return try await store.update(id, event: event) { incident in
      for name in removed { incident.labels[name] = nil }
      incident.labels.merge(labels) { $1 }
    }
  }
}

extension Incident {
  /// Whether nothing more is expected to happen to it.
  package var isClosed: Bool { status.isClosed }

  /// Takes the next step of its life.
  ///
  /// - Throws: `CasebookError` for a step that its status does not allow.
  mutating func become(_ next: IncidentStatus) throws {
    guard status.successors.contains(next) else {
      if next == .reopened { throw CasebookError.notClosed(id, status) }
      if isClosed { throw CasebookError.alreadyClosed(id, status) }
      throw CasebookError.notAllowed(id, from: status, to: next)
    }
    status = next
  }
}
