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

  @Option(
    help: ArgumentHelp(
      "The cause; `playbook list` shows them. One that is not there is unknown.",
      valueName: "id"
    )
  )
  var cause: String?

  @Option(help: ArgumentHelp("What repaired it.", valueName: "text"))
  var fix: String

  @Option(help: ArgumentHelp("The commit or release that holds the repair.", valueName: "name"))
  var commit: String?

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let cause {
      _ = try Cause.settled(cause)
    } else if database.remote.server != nil {
      throw Self.missingCause(nil)
    }
  }

  func run() async throws {
    let changed = try await database.withRecords(.existing) { casebook in
      guard let settled = try cause.map(Cause.settled) else {
        throw Self.missingCause(try await casebook.latestDiagnosis(of: incident)?.verdicts.first)
      }
      return try await casebook.resolve(
        incident,
        cause: settled,
        fix: fix,
        commit: commit,
        author: author.name
      )
    }
    let settled = changed.cause?.rawValue ?? ""
    try output.show(changed, saying: "\(changed.status.rawValue): \(settled)")
  }

  /// Says that the cause is to be named; the diagnosis is offered and not taken, since a person
  /// settles.
  private static func missingCause(_ verdict: Verdict?) -> Failure {
    let offer = verdict.map { $0.cause }.flatMap { $0 == .unknown ? nil : $0.rawValue }
    let hint = offer.map { "; the diagnosis says --cause \($0)" } ?? ""
    return Failure("resolve needs the cause: --cause ID\(hint)", .usage)
  }
}
