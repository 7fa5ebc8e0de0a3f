extension IncidentStatus {
  /// What an incident may become from here; everything else is refused.
  ///
  /// Only a fix that is in place can be verified, so `verified` follows `resolved` alone; whatever
  /// is closed comes back as `reopened`, never as `open`, so that the timeline shows it was closed.
  package var successors: Set<IncidentStatus> {
    switch self {
    case .open, .reopened: [.mitigated, .resolved, .notALeak, .duplicate]
    case .mitigated: [.resolved, .notALeak, .duplicate]
    case .resolved: [.verified, .reopened]
    case .verified, .notALeak, .duplicate: [.reopened]
    }
  }

  /// Whether nothing more is expected to happen to an incident in this status.
  package var isClosed: Bool { successors.contains(.reopened) }
}
