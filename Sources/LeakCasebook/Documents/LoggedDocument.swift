package import LeakModel

/// What came of logging an incident or adding evidence: the incident's summary, then what is new.
package struct LoggedDocument: Sendable, Encodable {
  package let summary: IncidentSummary
  /// The diagnosis on all its evidence; nil while none is recognised.
  package let diagnosis: Diagnosis?
  package let added: [EvidenceDocument]
  package let ignored: [IgnoredFile]
  /// The incidents most like it, the most alike first.
  package let similar: [HitsDocument.Hit]

  package init(_ logged: Logged) {
    self.summary = IncidentSummary(logged.incident)
    self.diagnosis = logged.diagnosis
    self.added = logged.added.map { EvidenceDocument($0) }
    self.ignored = logged.ignored
    self.similar = logged.similar.map { HitsDocument.Hit($0) }
  }

  private enum CodingKeys: String, CodingKey {
    case diagnosis
    case added
    case ignored
    case similar
  }

  package func encode(to encoder: any Encoder) throws {
    try summary.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(diagnosis, forKey: .diagnosis)
    try container.encode(added, forKey: .added)
    try container.encode(ignored, forKey: .ignored)
    try container.encode(similar, forKey: .similar)
  }
}
