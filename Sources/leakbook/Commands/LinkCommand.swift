import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook link`: two incidents are one.
struct LinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Close an incident as a duplicate of another one."
  )

  @Argument(help: "The incident that is the duplicate.")
  var incident: IncidentID

  @Argument(help: "The incident that it duplicates.")
  var original: IncidentID

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.link(incident, to: original, author: author.name)
    }
    try output.show(changed, saying: "duplicate of \(original)")
  }
}
