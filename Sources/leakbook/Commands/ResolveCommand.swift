import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook resolve`: the cause is known and repaired.
struct ResolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say what the cause was and what repaired it."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Option(help: ArgumentHelp("The cause; `playbook list` shows them.", valueName: "id"))
  var cause: String

  @Option(help: ArgumentHelp("What repaired it.", valueName: "text"))
  var fix: String

  @Option(help: ArgumentHelp("The commit or release that holds the repair.", valueName: "name"))
  var commit: String?

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try Cause.named(cause)
  }

  func run() async throws {
    let settled = try Cause.named(cause)
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.resolve(
        incident,
        cause: settled,
        fix: fix,
        commit: commit,
        author: author.name
      )
    }
    try output.show(changed, saying: "\(changed.status.rawValue): \(settled.rawValue)")
  }
}
