package import LeakModel

/// Something that happened to an incident, as its timeline tells.
package struct TimelineEvent: Sendable, Equatable {
  /// What happened; the raw values are stored.
  package enum Kind: String, Sendable, CaseIterable, Codable {
    case opened
    case note
    case evidence
    case diagnosed
    case edited
    case mitigated
    case resolved
    /// Later evidence was measured, and the fix is not proven by it.
    case checked
    case verified
    case reopened
    case notALeak = "not-a-leak"
    case duplicate
    case linked
    case unlinked
    /// It was carried over from another base.
    case imported
  }

  package let at: Instant
  /// Who did it: a person, or `leakbook`.
  package let author: String
  package let kind: Kind
  /// The note's text, the names of the captures, the fix; may be empty.
  package let detail: String

  package init(at: Instant, author: String, kind: Kind, detail: String = "") {
    self.at = at
    self.author = author
    self.kind = kind
    self.detail = detail
  }
}
