import LeakAnalysis
package import LeakModel

/// A past incident that is like the one asked about, and why.
package struct SimilarIncident: Sendable {
  package let incident: Incident
  /// The cause a person settled, else that of the latest verdict.
  package let cause: Cause?
  /// The probability that it had the same cause, 0 to 1.
  package let score: Double
  /// Whether the program's own functions on the stacks are the same.
  package let isSameCode: Bool
  package let why: [SharedTrait]
  /// What is not the same: Go version, service and its version, limit.
  package let differences: [SharedTrait]
  /// What repaired it; nil where nobody did.
  package let repair: KnownRepair?

  /// Whether its repair may be told before all else: both incidents have functions in common, or are
  /// more alike than words by themselves can make them.
  ///
  /// Three words in common are no reason to try at night what helped another service.
  package var isLead: Bool {
    repair != nil && (why.contains { $0.kind == "frames" } || score > LikenessScore.mostByWords)
  }
}

/// What repaired an incident, by whom and when.
package struct KnownRepair: Sendable, Equatable, Encodable {
  package let fix: String
  package let author: String?
  package let at: Instant
  /// The Go version it happened on: a fix of five years ago is a hint, not a playbook.
  package let goVersion: String?
  /// Whether later evidence showed that it worked.
  package let isVerified: Bool

  /// How many whole days ago that was, never less than none.
  package func days(before now: Instant) -> Int64 {
    max(0, now.milliseconds - at.milliseconds) / 86_400_000
  }

  enum CodingKeys: String, CodingKey {
    case fix
    case author
    case at
    case goVersion = "go_version"
    case isVerified = "verified"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(fix, forKey: .fix)
    try container.encode(author, forKey: .author)
    try container.encode(at.description, forKey: .at)
    try container.encode(goVersion, forKey: .goVersion)
    try container.encode(isVerified, forKey: .isVerified)
  }
}

/// Something two incidents share, or differ in.
package struct SharedTrait: Sendable, Equatable, Codable {
  /// `cause`, `frames`, `facts` or `words`; of differences `service`, `version`, `go` or `limit`.
  package let kind: String
  package let detail: String

  package init(kind: String, detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

/// The answer to "have we had this before?".
package struct SimilarIncidents: Sendable {
  /// The most alike first.
  package let hits: [SimilarIncident]
  package var nothingSimilar: Bool { hits.isEmpty }

  /// The hit whose repair answers "what fixed it?" best; nil where none was ever repaired.
  package var repaired: SimilarIncident? {
    hits.first(where: \.isLead) ?? hits.first { $0.repair != nil }
  }
}

extension SimilarIncidents {
  /// The repaired incident that this one is the return of, when the best hit is one.
  ///
  /// Without the same code, the same cause in another service is a likeness and no return.
  func recurrence(in service: String) -> SimilarIncident? {
    guard let best = hits.first, best.repair != nil, best.score >= LikenessScore.recurrence,
      best.isSameCode || best.incident.service == service
    else { return nil }
    return best
  }
}
