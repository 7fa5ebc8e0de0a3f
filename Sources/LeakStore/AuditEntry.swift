package import LeakModel

/// One thing that somebody did, or tried to.
package struct AuditEntry: Sendable, Equatable {
  package let at: Instant
  /// `token:NAME`, `user:NAME`, `local` for whoever sits at the machine, or `anonymous`.
  package let actor: String
  /// A method and a route, or a command: `POST /api/v1/incidents`, `token create`.
  package let action: String
  /// What it was done to; may be empty.
  package let target: String
  /// The status of the answer, or what became of the command.
  package let result: String

  package init(at: Instant, actor: String, action: String, target: String, result: String) {
    self.at = at
    self.actor = actor
    self.action = action
    self.target = target
    self.result = result
  }
}

/// An entry with its place in the chain.
package struct AuditRecord: Sendable, Equatable {
  /// From 1, without gaps.
  package let number: Int64
  package let entry: AuditEntry
  /// The hash of the record before; empty for the first.
  package let previous: String
  /// SHA-256 over all of the above, in lower-case hex.
  package let hash: String
}

/// How an entry is hashed: its number, itself, and the hash of the one before.
package typealias AuditHash =
  @Sendable (_ number: Int64, _ entry: AuditEntry, _ previous: String) throws -> String
