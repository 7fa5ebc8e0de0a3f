import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook link`: two incidents belong together.
struct LinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Close an incident as a duplicate of another one, or link two that belong together.",
    discussion: "A wrong link is undone with --undo: a duplicate is then what it was before."
  )

  @Argument(help: "The incident: the duplicate, or the recurrence.")
  var incident: IncidentID

  @Argument(help: "The incident it is linked to: the original, or the earlier one.")
  var original: IncidentID

  @Option(
    help: ArgumentHelp(
      "How they belong together.",
      valueName: "duplicate-of|recurrence-of|related-to"
    )
  )
  var kind: IncidentLink.Kind = .duplicateOf

  @Flag(help: "Take the links between them away.")
  var undo = false

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let changed = try await database.withRecords(.existing) { casebook in
      if undo { return try await casebook.unlink(incident, from: original, author: author.name) }
      return try await casebook.link(incident, to: original, as: kind, author: author.name)
    }
    try output.show(
      changed,
      saying: undo
        ? "no longer linked to \(original): \(changed.status.rawValue)"
        : "\(kind.words) \(original)"
    )
  }
}

extension IncidentLink.Kind: ExpressibleByArgument {}
