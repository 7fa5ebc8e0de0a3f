package import LeakModel

/// A token as the store knows it: everything but the secret.
package struct Token: Sendable, Equatable {
  /// Never given twice.
  package let id: Int64
  /// What people call it; of its own among the tokens that are not revoked.
  package let name: String
  /// As they were asked for; what they stand for besides is for `allows` to say.
  package let scopes: Set<Scope>
  package let createdAt: Instant
  /// The moment from which on it lets nobody in; nil for never.
  package let expiresAt: Instant?
  package let revokedAt: Instant?

  /// Whether it lets its holder in at a time.
  package func isValid(at time: Instant) -> Bool {
    revokedAt == nil && expiresAt.map { time < $0 } ?? true
  }

  /// Whether it allows what a scope stands for.
  package func allows(_ scope: Scope) -> Bool {
    scopes.contains { $0.included.contains(scope) }
  }
}

/// A token before it has a number.
package struct NewToken: Sendable {
  package let name: String
  /// SHA-256 of the secret, in lower-case hex.
  package let sha256: String
  package let scopes: Set<Scope>
  package let createdAt: Instant
  package let expiresAt: Instant?

  package init(
    name: String,
    sha256: String,
    scopes: Set<Scope>,
    createdAt: Instant,
    expiresAt: Instant?
  ) {
    self.name = name
    self.sha256 = sha256
    self.scopes = scopes
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}
