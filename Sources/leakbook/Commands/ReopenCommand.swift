import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook reopen`: it is back.
struct ReopenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen",
    abstract: "Say that a closed incident is back.",
    discussion: """
      Captures of the recurrence begin a new round: they are diagnosed by themselves, and shown \
      against the first evidence and, where the fix was verified, against the proven state.
      """
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Argument(help: "Captures of the recurrence: files, folders, or - for standard input.")
  var evidence: [String] = []

  @Option(help: ArgumentHelp("What was seen.", valueName: "text"))
  var why = ""

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    guard !evidence.isEmpty else {
      let changed = try await database.withRecords(.existing) { casebook in
        try await casebook.reopen(incident, why: why, author: author.name)
      }
      return try output.show(changed, saying: "reopened")
    }
    let files = try EvidenceInput.read(evidence).files
    let (changed, comparison) = try await database.withCasebook(.existing) { casebook in
      let comparison = try await casebook.reopen(
        incident,
        why: why,
        with: files,
        author: author.name
      )
      return (try await casebook.store.incident(incident), comparison)
    }
    if let comparison {
      try output.show(comparison)
    } else {
      try output.show(changed, saying: "reopened; there is nothing to compare the captures with")
    }
  }
}
