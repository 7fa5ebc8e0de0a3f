import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook note`: adds a remark to an incident.
struct NoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note",
    abstract: "Add a remark to an incident."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Argument(help: "The remark, or - for standard input.")
  var text: String

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let remark = text == EvidenceInput.standardInput ? try EvidenceInput.standardInputText() : text
    guard remark.contains(where: { !$0.isWhitespace }) else {
      throw Failure("the remark is empty", .usage)
    }
    let changed = try await database.withRecords(.existing) { casebook in
      try await casebook.note(remark, on: incident, author: author.name)
      return try await casebook.store.incident(incident)
    }
    try output.show(changed, saying: "noted")
  }
}
