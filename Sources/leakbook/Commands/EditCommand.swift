import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook edit`: corrects what an incident says of itself.
struct EditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Set the severity, the title or the story of an incident anew."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Option(
    help: ArgumentHelp("How urgent it is; verdicts leave it then.", valueName: "P0|P1|P2|P3")
  )
  var severity: Severity?

  @Option(help: ArgumentHelp("What happened, in one line.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("What was seen, or - for standard input.", valueName: "text"))
  var story: String?

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard severity != nil || title != nil || story != nil else {
      throw ValidationError("say what to set: --severity, --title or --story")
    }
    guard title?.contains(where: { !$0.isWhitespace }) ?? true else {
      throw ValidationError("an incident needs a title")
    }
  }

  func run() async throws {
    let edit = IncidentEdit(title: title, severity: severity, story: try told)
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.edit(incident, edit, author: author.name)
    }
    try output.show(changed, saying: "\(changed.severity.rawValue) \(changed.title)")
  }

  /// The story, read from standard input where that is asked for.
  var told: String? {
    get throws {
      story == EvidenceInput.standardInput ? try EvidenceInput.standardInputText() : story
    }
  }
}
