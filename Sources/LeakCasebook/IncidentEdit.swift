package import LeakModel
import LeakStore

/// What of an incident is set anew at any time; what is nil stays.
package struct IncidentEdit: Sendable, Equatable {
  /// Never empty.
  package let title: String?
  package let severity: Severity?
  package let story: String?
  /// Set one by one; nil takes a label away.
  package let labels: [String: String?]?

  package init(
    title: String? = nil,
    severity: Severity? = nil,
    story: String? = nil,
    labels: [String: String?]? = nil
  ) {
    self.title = title
    self.severity = severity
    self.story = story
    self.labels = labels
  }

  /// Whether it changes nothing.
  package var isEmpty: Bool { names.isEmpty }

  /// The names of the fields that are set, for the timeline.
  private var names: [String] {
    [
      title.map { _ in "title" }, severity.map { "severity \($0.rawValue)" },
      story.map { _ in "story" }, labels.map { _ in "labels" },
    ].compactMap { $0 }
  }

  fileprivate var detail: String { names.joined(separator: ", ") }

  fileprivate func apply(to incident: inout Incident) {
    incident.title = title ?? incident.title
    if let severity {
      incident.severity = severity
      incident.isSeverityGiven = true
    }
    incident.story = story ?? incident.story
    for (name, value) in labels ?? [:] { incident.labels[name] = value }
  }
}

extension Casebook {
  /// Sets some of what an incident says of itself; a severity given so stays, whatever verdicts say.
  ///
  /// - Returns: The incident as it is then.
  /// - Throws: `StoreError.noSuchIncident`.
  @discardableResult
  package func edit(
    _ id: IncidentID,
    _ edit: IncidentEdit,
    author: String
  ) async throws -> Incident {
    let event = TimelineEvent(at: now(), author: author, kind: .edited, detail: edit.detail)
    return try await store.update(id, event: event) { edit.apply(to: &$0) }
  }
}
