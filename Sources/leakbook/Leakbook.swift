import ArgumentParser

/// The command line: parses it, runs a command, and turns every error into a sentence and a code.
@main
struct Leakbook: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leakbook",
    abstract: "The incident knowledge base for Go memory trouble.",
    discussion: """
      Completion of commands and options by the tab key: leakbook --generate-completion-script \
      bash, zsh or fish prints the script to source.
      """,
    version: Version.line,
    groupedSubcommands: [
      CommandGroup(
        name: "Captures",
        subcommands: [
          DiagnoseCommand.self, InspectCommand.self, TopCommand.self, DiffCommand.self,
          GoroutinesCommand.self, FactsCommand.self, ForecastCommand.self,
        ]
      ),
      CommandGroup(
        name: "Incidents",
        subcommands: [
          LogCommand.self, AttachCommand.self, NoteCommand.self, MitigateCommand.self,
          ResolveCommand.self, VerifyCommand.self, ReopenCommand.self, LinkCommand.self,
          LabelCommand.self, EditCommand.self,
        ]
      ),
      CommandGroup(
        name: "Knowledge",
        subcommands: [
          ShowCommand.self, ListCommand.self, SearchCommand.self, SimilarCommand.self,
          PlaybookCommand.self, StatsCommand.self, RediagnoseCommand.self, ExportCommand.self,
          ImportCommand.self,
        ]
      ),
      CommandGroup(
        name: "Care",
        subcommands: [
          ServeCommand.self, TokenCommand.self, AuditCommand.self, DatabaseCommand.self,
          VersionCommand.self,
        ]
      ),
    ]
  )

  static func main() async {
    do {
      var command = try await asyncParseAsRoot()
      if let server = try server(for: command) {
        guard let remote = command as? any RemoteCommand else { return }
        try await server.run(remote)
      } else if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      Failure.end(with: error)
    }
  }

  /// The server that a command names, if it is one that a server can do.
  private static func server(for command: any ParsableCommand) throws -> RemoteServer? {
    try (command as? any RemoteCommand)?.remote.open()
  }
}
