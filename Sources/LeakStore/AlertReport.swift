package import LeakModel

/// What a webhook says of the alerts of one group that concern one service.
package struct AlertReport: Sendable, Equatable {
  /// One alert.
  package struct Alert: Sendable, Equatable {
    /// Names its set of labels.
    package let fingerprint: String
    /// With the fingerprint it names one time that the alert fired.
    package let startsAt: Instant
    package let isFiring: Bool
    /// For the timeline, on one line.
    package let summary: String

    package init(fingerprint: String, startsAt: Instant, isFiring: Bool, summary: String) {
      self.fingerprint = fingerprint
      self.startsAt = startsAt
      self.isFiring = isFiring
      self.summary = summary
    }
  }

  /// Names group and service: its alerts are one incident.
  package let key: String
  package let alerts: [Alert]
  /// The incident to open if these alerts need one.
  package let incident: NewIncident

  package init(key: String, alerts: [Alert], incident: NewIncident) {
    self.key = key
    self.alerts = alerts
    self.incident = incident
  }
}

/// What a report of alerts came to.
package enum AlertOutcome: Sendable, Equatable {
  case opened(IncidentID)
  /// It had been mitigated, and it is back.
  case reopened(IncidentID)
  /// Further alerts of an incident that is open.
  case joined(IncidentID)
  /// The last of its alerts has ended.
  case mitigated(IncidentID)
  /// Known already.
  case unchanged
  /// Too many incidents were opened just now; the sender is to try again.
  case deferred

  package var incident: IncidentID? {
    switch self {
    case .opened(let id), .reopened(let id), .joined(let id), .mitigated(let id): id
    case .unchanged, .deferred: nil
    }
  }
}
