import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook token list`: the tokens there are, without their secrets.
struct TokenListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the tokens, those that let nobody in any more among them."
  )

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func run() async throws {
    let now = Environment.now()
    let documents = try await database.withStore(.readOnly) { store in
      try await store.tokens().map { TokenDocument($0, at: now) }
    }
    if list.jsonl {
      for document in documents { try Console.show(verbatim: CanonicalJSON.text(document)) }
    } else if list.output.json {
      try Console.show(verbatim: CanonicalJSON.text(ListDocument(documents)))
    } else {
      let rows = documents.map { document in
        [
          document.name, document.scopes.joined(separator: ","), document.state,
          document.expiresAt ?? "never",
        ]
      }
      let table = ColumnText(["NAME", "SCOPES", "STATE", "EXPIRES"], rows)
      if !rows.isEmpty { try Console.show(table.lines, list.output.terminal) }
      if rows.isEmpty { Console.remark("no tokens: the server lets in only this machine") }
    }
  }
}

/// A token as the command line prints it.
struct TokenDocument: Encodable, Sendable {
  let name: String
  let scopes: [String]
  /// valid, expired or revoked.
  let state: String
  let createdAt: String
  let expiresAt: String?
  /// Only where it was just made.
  let token: String?

  init(_ token: Token, at now: Instant, secret: String? = nil) {
    self.name = token.name
    self.scopes = token.scopes.map(\.rawValue).sorted()
    self.state =
      token.revokedAt != nil ? "revoked" : token.isValid(at: now) ? "valid" : "expired"
    self.createdAt = token.createdAt.description
    self.expiresAt = token.expiresAt?.description
    self.token = secret
  }

  private enum CodingKeys: String, CodingKey {
    case name
    case scopes
    case state
    case createdAt = "created_at"
    case expiresAt = "expires_at"
    case token
  }
}
