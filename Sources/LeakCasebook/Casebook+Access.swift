package import LeakModel
package import LeakStore

extension Casebook {
  /// Makes a token; the audit log tells who did.
  ///
  /// - Parameters:
  ///   - name: What people will call it.
  ///   - scopes: What it allows.
  ///   - expiresAt: From when on it lets nobody in; nil for never.
  ///   - actor: Who makes it, as the audit log names people.
  /// - Returns: The token, and its secret, which is kept nowhere.
  /// - Throws: `StoreError.tokenExists`.
  package func createToken(
    named name: String,
    scopes: Set<Scope>,
    expiresAt: Instant?,
    actor: String
  ) async throws -> (token: Token, secret: AccessToken) {
    var generator = SystemRandomNumberGenerator()
    let secret = AccessToken(using: &generator)
    let token = try await store.insert(
      NewToken(
        name: name,
        sha256: secret.sha256,
        scopes: scopes,
        createdAt: now(),
        expiresAt: expiresAt
      )
    )
    try await audit(actor: actor, action: "token create", target: name, result: "done")
    return (token, secret)
  }

  /// Makes a token worthless at once; the audit log tells who did.
  ///
  /// - Throws: `StoreError.noSuchToken`.
  package func revokeToken(named name: String, actor: String) async throws -> Token {
    let token = try await store.revokeToken(named: name, at: now())
    try await audit(actor: actor, action: "token revoke", target: name, result: "done")
    return token
  }
}
