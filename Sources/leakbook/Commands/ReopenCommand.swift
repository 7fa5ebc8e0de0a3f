import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook reopen`: it is back.
struct ReopenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Say that a closed incident is back."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Option(help: ArgumentHelp("What was seen.", valueName: "text"))
  var why = ""

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.reopen(incident, why: why, author: author.name)
    }
    try output.show(changed, saying: "reopened")
  }
}
