import GRDB
package import LeakModel

/// What a request's secret is worth.
package struct TokenLookup: Sendable, Equatable {
  /// The token of the secret, valid or not; nil when there is none.
  package let token: Token?
  /// Whether any token was ever made, revoked ones among them.
  package let anyExist: Bool
}

extension Store {
  /// Keeps a new token under the next number.
  ///
  /// - Throws: `StoreError.tokenExists` for a name that another one has which is not revoked.
  package func insert(_ new: NewToken) async throws -> Token {
    try await write { db in
      let taken = try SQLRequest<Int>(
        "SELECT 1 FROM token WHERE name = \(new.name) AND revokedAt IS NULL"
      ).fetchOne(db)
      guard taken == nil else { throw StoreError.tokenExists(name: new.name) }
      let row = TokenRow(
        id: nil,
        name: new.name,
        sha256: new.sha256,
        scopes: new.scopes.map(\.rawValue).sorted().joined(separator: " "),
        createdAt: new.createdAt.milliseconds,
        expiresAt: new.expiresAt?.milliseconds,
        revokedAt: nil
      )
      return try row.insertAndFetch(db).token
    }
  }

  /// All tokens, revoked and expired ones among them, in the order they were made.
  package func tokens() async throws -> [Token] {
    try await read { db in try TokenRow.order(Column("id")).fetchAll(db).map(\.token) }
  }

  /// Looks a secret up by its SHA-256 in lower-case hex; nil asks only whether tokens exist.
  ///
  /// Uses the unique index of table `token` on `sha256`.
  package func token(withHash sha256: String?) async throws -> TokenLookup {
    try await readQuickly { db in
      let row = try sha256.flatMap { hash in
        try SQLRequest<TokenRow>("SELECT * FROM token WHERE sha256 = \(hash)").fetchOne(db)
      }
      let any = try row != nil || SQLRequest<Int>("SELECT 1 FROM token LIMIT 1").fetchOne(db) != nil
      return TokenLookup(token: row?.token, anyExist: any)
    }
  }

  /// Makes a token worthless from now on.
  ///
  /// Uses index `tokenByName`.
  ///
  /// - Returns: The token as it is then.
  /// - Throws: `StoreError.noSuchToken` when none that is not revoked has the name.
  package func revokeToken(named name: String, at time: Instant) async throws -> Token {
    try await write { db in
      let request: SQLRequest<TokenRow> = """
        UPDATE token
        SET revokedAt = \(time.milliseconds)
        WHERE name = \(name)
          AND revokedAt IS NULL
        RETURNING *
        """
      guard let row = try request.fetchOne(db) else { throw StoreError.noSuchToken(name: name) }
      return row.token
    }
  }
}

/// A token as table `token` holds it.
private struct TokenRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "token"

  let id: Int64?
  let name: String
  let sha256: String
  let scopes: String
  let createdAt: Int64
  let expiresAt: Int64?
  let revokedAt: Int64?

  var token: Token {
    Token(
      id: id ?? 0,
      name: name,
      // A scope that this build does not know allows nothing.
      scopes: Set(scopes.split(separator: " ").compactMap { Scope(rawValue: String($0)) }),
      createdAt: Instant(milliseconds: createdAt),
      expiresAt: expiresAt.map { Instant(milliseconds: $0) },
      revokedAt: revokedAt.map { Instant(milliseconds: $0) }
    )
  }
}
