package import LeakModel

/// An incident before it has a number.
package struct NewIncident: Sendable, Equatable {
  /// Never empty.
  package var title: String
  /// The service's name, never empty; a service not seen before becomes known with it.
  package var service: String
  package var status: IncidentStatus
  package var severity: Severity
  /// Whether a person gave the severity; one that nobody gave is raised by verdicts.
  package var isSeverityGiven: Bool
  package var story: String
  /// When the trouble began.
  package var openedAt: Instant
  /// Whether a person said when it began; else its first captures may.
  package var isTimeGiven: Bool
  /// When it is written down: the present.
  package var loggedAt: Instant
  /// Who logs it, for the timeline.
  package var author: String
  package var cause: Cause?
  package var fix: String?
  package var fixCommit: String?
  package var importedCase: String?
  package var labels: [String: String]

  package init(
    title: String,
    service: String,
    status: IncidentStatus = .open,
    severity: Severity,
    isSeverityGiven: Bool = true,
    story: String = "",
    openedAt: Instant,
    isTimeGiven: Bool = true,
    loggedAt: Instant,
    author: String,
    cause: Cause? = nil,
    fix: String? = nil,
    fixCommit: String? = nil,
    importedCase: String? = nil,
    labels: [String: String] = [:]
  ) {
    self.title = title
    self.service = service
    self.status = status
    self.severity = severity
    self.isSeverityGiven = isSeverityGiven
    self.story = story
    self.openedAt = openedAt
    self.isTimeGiven = isTimeGiven
    self.loggedAt = loggedAt
    self.author = author
    self.cause = cause
    self.fix = fix
    self.fixCommit = fixCommit
    self.importedCase = importedCase
    self.labels = labels
  }

  /// The incident under its number.
  func numbered(_ id: IncidentID) -> Incident {
    Incident(
      id: id,
      title: title,
      service: service,
      status: status,
      severity: severity,
      isSeverityGiven: isSeverityGiven,
      story: story,
      openedAt: openedAt,
      updatedAt: loggedAt,
      cause: cause,
      fix: fix,
      fixCommit: fixCommit,
      importedCase: importedCase,
      labels: labels
    )
  }
}

/// A capture on its way into the store: what is known of it, and its bytes as they came.
package struct RawCapture: Sendable, Equatable {
  /// Its `sha256` and `size` are those of `bytes`; the store does not compute them.
  package let evidence: Evidence
  package let bytes: [UInt8]

  package init(evidence: Evidence, bytes: [UInt8]) {
    self.evidence = evidence
    self.bytes = bytes
  }
}
