package import LeakAnalysis
import LeakModel
package import LeakStore

/// What later evidence says of a fix: `leakbook.verification/1`.
///
/// It is kept with the incident as it is printed, so that the answer can be read again.
package struct VerificationDocument: Sendable, Equatable, Codable {
  package static let schemaName = "leakbook.verification/1"

  package let schema: String
  package let incident: String
  /// The incident's status after the answer.
  package let status: String
  /// RFC 3339 in UTC.
  package let at: String
  package let author: String
  package let answer: FixAnswer
  /// Why this is the answer: sentences, the decisive first.
  package let reasons: [String]
  package let checks: [FixCheck]
  package let table: [FixTableRow]
  /// The trouble is back after the fix was proven: how it is now against the proven state.
  package let sinceVerified: FixComparison?
  /// The captures of the trouble, and those from after the fix.
  package let before: [VerdictInput]
  package let after: [VerdictInput]

  init(
    of id: IncidentID,
    status: IncidentStatus,
    at: Instant,
    author: String,
    comparison: FixComparison,
    sinceVerified: FixComparison?,
    before: [VerdictInput],
    after: [VerdictInput],
    reused: [String] = []
  ) {
    self.schema = Self.schemaName
    self.incident = id.description
    self.status = status.rawValue
    self.at = at.description
    self.author = author
    self.answer = comparison.answer
    self.reasons = comparison.reasons + Self.leftOut(reused)
    self.checks = comparison.checks
    self.table = comparison.table
    self.sinceVerified = sinceVerified
    self.before = before
    self.after = after
  }

  /// Says which captures were left out as the evidence of the trouble itself.
  private static func leftOut(_ sources: [String]) -> [String] {
    guard let first = sources.first else { return [] }
    let others = sources.count == 1 ? "" : " and \(sources.count - 1) more"
    return ["left out, as evidence of the trouble itself: \(first)\(others)"]
  }

  private enum CodingKeys: String, CodingKey {
    case schema
    case incident
    case status
    case at
    case author
    case answer
    case reasons
    case checks
    case table
    case sinceVerified = "since_verified"
    case before
    case after
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(incident, forKey: .incident)
    try container.encode(status, forKey: .status)
    try container.encode(at, forKey: .at)
    try container.encode(author, forKey: .author)
    try container.encode(answer, forKey: .answer)
    try container.encode(reasons, forKey: .reasons)
    try container.encode(checks, forKey: .checks)
    try container.encode(table, forKey: .table)
    try container.encode(sinceVerified, forKey: .sinceVerified)
    try container.encode(before, forKey: .before)
    try container.encode(after, forKey: .after)
  }
}
