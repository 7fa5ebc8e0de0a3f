import ArgumentParser
import LeakCasebook
import LeakModel
import LeakRules
import LeakStore

/// `leakbook attach`: adds evidence to an incident.
struct AttachCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Add evidence to an incident and diagnose it again."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Argument(help: "Files, folders, or - for standard input.")
  var evidence: [String]

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (files, ignored) = try EvidenceInput.read(evidence)
    let logged = try await database.withCasebook(.existing) { casebook in
      try await casebook.attach(files, ignored: ignored, to: incident, author: author.name)
    }
    try output.show(logged, database.rules)
  }
}
