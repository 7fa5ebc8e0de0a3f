/// The number of an incident, written `INC-12`.
package struct IncidentID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let number: Int64

  package init(number: Int64) {
    self.number = number
  }

  /// Reads `INC-12`, `inc-12` or `12`.
  package init?(_ text: some StringProtocol) {
    let digits = text.lowercased().hasPrefix("inc-") ? text.dropFirst(4) : text[...]
    // The integer's own reading takes a sign, which would give an incident two names.
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(digits),
      number > 0
    else { return nil }
    self.number = number
  }

  package var description: String { "INC-\(number)" }

  package static func < (one: IncidentID, other: IncidentID) -> Bool { one.number < other.number }
}

/// Where an incident stands in its life.
///
/// A restart or a bigger limit mitigates; `resolved` needs a cause and a fix; `verified` needs
/// later evidence in which the growth is gone.
package enum IncidentStatus: String, Sendable, CaseIterable, Codable, Hashable {
  case open
  case mitigated
  case resolved
  case verified
  case notALeak = "not-a-leak"
  case duplicate
  case reopened
}

/// One event of memory trouble in one service.
package struct Incident: Sendable, Equatable {
  package let id: IncidentID
  package var title: String
  package var service: String
  package var status: IncidentStatus
  package var severity: Severity
  /// Whether a person gave the severity; one that nobody gave is raised by verdicts.
  package var isSeverityGiven: Bool
  /// What a human saw, as told; may be empty.
  package var story: String
  package var openedAt: Instant
  package var updatedAt: Instant
  /// The cause as settled by a person; nil while open.
  package var cause: Cause?
  /// What repaired it, in words.
  package var fix: String?
  /// The commit or release that holds the repair.
  package var fixCommit: String?
  /// The name of the folder the incident was imported from.
  package var importedCase: String?
  /// Free labels, for example `pod`, `cluster` or `go`.
  package var labels: [String: String]

  package init(
    id: IncidentID,
    title: String,
    service: String,
    status: IncidentStatus = .open,
    severity: Severity,
    isSeverityGiven: Bool = true,
    story: String = "",
    openedAt: Instant,
    updatedAt: Instant,
    cause: Cause? = nil,
    fix: String? = nil,
    fixCommit: String? = nil,
    importedCase: String? = nil,
    labels: [String: String] = [:]
  ) {
    self.id = id
    self.title = title
    self.service = service
    self.status = status
    self.severity = severity
    self.isSeverityGiven = isSeverityGiven
    self.story = story
    self.openedAt = openedAt
    self.updatedAt = updatedAt
    self.cause = cause
    self.fix = fix
    self.fixCommit = fixCommit
    self.importedCase = importedCase
    self.labels = labels
  }
}

/// A capture kept with an incident, raw, addressed by its content.
package struct Evidence: Sendable, Equatable {
  /// SHA-256 of the raw bytes, in lower-case hex.
  package let sha256: String
  /// The name it came under: a path below the folder given, or the file's name.
  package let source: String
  /// The format it was recognised as; nil when it was not.
  package let format: String?
  /// Size of the raw bytes.
  package let size: Int64
  /// When it was captured, as far as the capture itself tells.
  package let capturedAt: Instant?
  /// When it was added to the incident.
  package let addedAt: Instant
  /// What it is for.
  package let role: EvidenceRole
  /// The round of the trouble it is of: 1, and 1 more each time the incident is reopened.
  package let round: Int

  package init(
    sha256: String,
    source: String,
    format: String?,
    size: Int64,
    capturedAt: Instant?,
    addedAt: Instant,
    role: EvidenceRole = .incident,
    round: Int = 1
  ) {
    self.sha256 = sha256
    self.source = source
    self.format = format
    self.size = size
    self.capturedAt = capturedAt
    self.addedAt = addedAt
    self.role = role
    self.round = round
  }
}

/// What a capture is kept for.
package enum EvidenceRole: String, Sendable, CaseIterable, Codable, Hashable {
  /// It shows the trouble.
  case incident
  /// It was taken after the fix, to see whether the trouble is gone.
  case verification
}

/// A remark in an incident's timeline.
package struct Note: Sendable, Equatable {
  package let at: Instant
  package let author: String
  package let text: String

  package init(at: Instant, author: String, text: String) {
    self.at = at
    self.author = author
    self.text = text
  }
}
