import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook label`: sets labels of an incident.
struct LabelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Set labels of an incident, or take them away."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Argument(help: ArgumentHelp("Labels, such as pod=relay-7.", valueName: "key=value"))
  var labels: [LabelArgument] = []

  @Option(help: ArgumentHelp("A label to take away; repeatable.", valueName: "key"))
  var remove: [String] = []

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !labels.isEmpty || !remove.isEmpty else {
      throw ValidationError("name a label to set, or one to take away with --remove")
    }
  }

  func run() async throws {
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.label(
        Dictionary(labels.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
        removing: remove,
        of: incident,
        author: author.name
      )
    }
    let all = changed.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    try output.show(changed, saying: all.isEmpty ? "no labels" : all.joined(separator: " "))
  }
}
