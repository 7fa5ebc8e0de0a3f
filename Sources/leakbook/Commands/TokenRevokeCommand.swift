import ArgumentParser
import LeakCasebook
import LeakStore

/// `leakbook token revoke`: makes a token worthless.
struct TokenRevokeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Make a token worthless at once, for running servers as well."
  )

  @Argument(help: "The token's name.")
  var name: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let token = try await database.withRecords(.existing) { casebook in
      try await casebook.revokeToken(named: name, actor: "user:\(Environment.loginName)")
    }
    if output.json {
      let document = TokenDocument(token, at: Environment.now())
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      try Console.show(["\(token.name) is revoked"], output.terminal)
    }
  }
}
