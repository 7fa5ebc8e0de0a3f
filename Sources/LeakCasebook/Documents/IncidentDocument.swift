package import LeakModel

/// The facts of one incident as command line and server print them.
///
/// Shape: every key is always there, `null` where nothing is known; times are RFC 3339 in UTC.
package struct IncidentSummary: Sendable, Equatable, Encodable {
  package let id: String
  package let title: String
  package let service: String
  package let status: IncidentStatus
  package let severity: Severity
  package let story: String
  package let openedAt: String
  package let updatedAt: String
  package let cause: Cause?
  package let fix: String?
  package let commit: String?
  /// The folder it was imported from.
  package let importedCase: String?
  package let labels: [String: String]

  package init(_ incident: Incident) {
    self.id = incident.id.description
    self.title = incident.title
    self.service = incident.service
    self.status = incident.status
    self.severity = incident.severity
    self.story = incident.story
    self.openedAt = incident.openedAt.description
    self.updatedAt = incident.updatedAt.description
    self.cause = incident.cause
    self.fix = incident.fix
    self.commit = incident.fixCommit
    self.importedCase = incident.importedCase
    self.labels = incident.labels
  }

  /// The names of the fields, as lists show them from left to right.
  package static let fieldNames = CodingKeys.allCases.map(\.rawValue)

  enum CodingKeys: String, CodingKey, CaseIterable {
    case id
    case title
    case service
    case status
    case severity
    case story
    case openedAt = "opened_at"
    case updatedAt = "updated_at"
    case cause
    case fix
    case commit
    case importedCase = "case"
    case labels
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(title, forKey: .title)
    try container.encode(service, forKey: .service)
    try container.encode(status, forKey: .status)
    try container.encode(severity, forKey: .severity)
    try container.encode(story, forKey: .story)
    try container.encode(openedAt, forKey: .openedAt)
    try container.encode(updatedAt, forKey: .updatedAt)
    try container.encode(cause, forKey: .cause)
    try container.encode(fix, forKey: .fix)
    try container.encode(commit, forKey: .commit)
    try container.encode(importedCase, forKey: .importedCase)
    try container.encode(labels, forKey: .labels)
  }
}

/// One incident whole: its summary with evidence, latest diagnosis, timeline, links and what later
/// evidence said of the fix beside it.
package struct IncidentDocument: Sendable, Encodable {
  package let summary: IncidentSummary
  package let evidence: [EvidenceDocument]
  package let diagnosis: Diagnosis?
  package let timeline: [TimelineDocument]
  package let links: [LinkEntry]
  package let verification: VerificationDocument?

  package init(_ report: IncidentReport) {
    self.summary = IncidentSummary(report.incident)
    self.evidence = report.evidence.map { EvidenceDocument($0) }
    self.diagnosis = report.diagnosis
    self.timeline = report.timeline.map { TimelineDocument($0) }
    self.links = report.links
    self.verification = report.verification
  }

  /// The names of the fields.
  package static let fieldNames = IncidentSummary.fieldNames + CodingKeys.allCases.map(\.rawValue)

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case evidence
    case diagnosis
    case timeline
    case links
    case verification
  }

  package func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(evidence, forKey: .evidence)
    try container.encode(diagnosis, forKey: .diagnosis)
    try container.encode(timeline, forKey: .timeline)
    try container.encode(links, forKey: .links)
    try container.encode(verification, forKey: .verification)
  }
}

/// A capture kept with an incident.
package struct EvidenceDocument: Sendable, Equatable, Encodable {
  package let source: String
  package let format: String?
  package let sha256: String
  package let size: Int64
  package let capturedAt: String?
  package let addedAt: String
  /// Whether it shows the trouble, or was taken to verify the fix.
  package let role: EvidenceRole
  /// 1, and 1 more each time the incident was reopened.
  package let round: Int

  package init(_ evidence: Evidence) {
    self.source = evidence.source
    self.format = evidence.format
    self.sha256 = evidence.sha256
    self.size = evidence.size
    self.capturedAt = evidence.capturedAt?.description
    self.addedAt = evidence.addedAt.description
    self.role = evidence.role
    self.round = evidence.round
  }

  enum CodingKeys: String, CodingKey {
    case source
    case format
    case sha256
    case size = "size_bytes"
    case capturedAt = "captured_at"
    case addedAt = "added_at"
    case role
    case round
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(format, forKey: .format)
    try container.encode(sha256, forKey: .sha256)
    try container.encode(size, forKey: .size)
    try container.encode(capturedAt, forKey: .capturedAt)
    try container.encode(addedAt, forKey: .addedAt)
    try container.encode(role, forKey: .role)
    try container.encode(round, forKey: .round)
  }
}

/// One line of an incident's timeline.
package struct TimelineDocument: Sendable, Equatable, Encodable {
  package let at: String
  package let author: String
  package let kind: String
  package let detail: String

  package init(_ entry: TimelineEntry) {
    self.at = entry.at.description
    self.author = entry.author
    self.kind = entry.kind
    self.detail = entry.detail
  }
}
