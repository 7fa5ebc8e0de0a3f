import ArgumentParser

/// `leakbook token`: what lets clients of the server in.
struct TokenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: "Make and revoke the tokens that let clients of the server in.",
    subcommands: [TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self]
  )
}
