import ArgumentParser

/// `leakbook playbook`: the rules and procedures.
struct PlaybookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "playbook",
    abstract: "Read and check the playbooks.",
    subcommands: [
      PlaybookListCommand.self, PlaybookShowCommand.self, PlaybookLintCommand.self,
      PlaybookTestCommand.self,
    ]
  )
}
