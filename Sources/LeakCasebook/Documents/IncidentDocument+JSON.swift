import LeakModel
package import LeakStore

extension IncidentDocument {
  /// The document of an incident as canonical JSON, on one line.
  ///
  /// The same bytes that encoding the document gives, which a test holds it to, in a quarter of the
  /// time: this is the answer that is asked for most. Diagnosis and verification are kept as
  /// canonical JSON and put in as they are.
  ///
  /// - Throws: What encoding a text throws.
  package static func json(of state: IncidentState) throws -> String {
    let id = state.incident.id
    let timeline = try state.timeline.map { try TimelineDocument(TimelineEntry($0)).json() }
    return JSONText.object(
      try IncidentSummary(state.incident).members() + [
        ("evidence", JSONText.list(try state.evidence.map { try EvidenceDocument($0).json() })),
        ("diagnosis", state.verdict ?? JSONText.null),
        ("timeline", JSONText.list(timeline)),
        ("links", JSONText.list(try state.links.map { try LinkEntry($0, of: id).json() })),
        ("verification", state.verification ?? JSONText.null),
      ]
    )
  }
}

extension IncidentSummary {
  fileprivate func members() throws -> [JSONText.Member] {
    try [
      ("id", JSONText.text(id)),
      ("title", JSONText.text(title)),
      ("service", JSONText.text(service)),
      ("status", JSONText.text(status.rawValue)),
      ("severity", JSONText.text(severity.rawValue)),
      ("story", JSONText.text(story)),
      ("opened_at", JSONText.text(openedAt)),
      ("updated_at", JSONText.text(updatedAt)),
      ("cause", JSONText.text(cause?.rawValue)),
      ("fix", JSONText.text(fix)),
      ("commit", JSONText.text(commit)),
      ("case", JSONText.text(importedCase)),
      ("labels", labels.isEmpty ? "{}" : CanonicalJSON.text(labels)),
    ]
  }
}

extension EvidenceDocument {
  fileprivate func json() throws -> String {
    JSONText.object(
      try [
        ("source", JSONText.text(source)),
        ("format", JSONText.text(format)),
        ("sha256", JSONText.text(sha256)),
        ("size_bytes", String(size)),
        ("captured_at", JSONText.text(capturedAt)),
        ("added_at", JSONText.text(addedAt)),
        ("role", JSONText.text(role.rawValue)),
        ("round", String(round)),
      ]
    )
  }
}

extension TimelineDocument {
  fileprivate func json() throws -> String {
    JSONText.object(
      try [
        ("at", JSONText.text(at)),
        ("author", JSONText.text(author)),
        ("kind", JSONText.text(kind)),
        ("detail", JSONText.text(detail)),
      ]
    )
  }
}

extension LinkEntry {
  fileprivate func json() throws -> String {
    JSONText.object(try [("kind", JSONText.text(kind)), ("incident", JSONText.text(incident))])
  }
}
