import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook mitigate`: the pain has stopped, the cause has not.
struct MitigateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mitigate",
    abstract: "Say that the pain has stopped, by a restart or a bigger limit."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Option(help: ArgumentHelp("What stopped it.", valueName: "text"))
  var how = ""

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.mitigate(incident, how: how, author: author.name)
    }
    try output.show(changed, saying: "mitigated; it is resolved once a cause and a fix are known")
  }
}
