import ArgumentParser
import LeakCasebook
import LeakModel
import LeakRules
import LeakStore

/// `leakbook log`: opens an incident with its evidence.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Open an incident, keep its evidence, diagnose it, and find the like of it."
  )

  @Argument(help: "What happened, in one line.")
  var title: String

  @Argument(help: "Files, folders, or - for standard input.")
  var evidence: [String] = []

  @Option(help: ArgumentHelp("The service that is in trouble.", valueName: "name"))
  var service: String

  @Option(
    help: ArgumentHelp(
      "How urgent it is. (default: as the verdict says, at least P2)",
      valueName: "P0|P1|P2|P3"
    )
  )
  var severity: Severity?

  @Option(help: ArgumentHelp("What was seen, or - for standard input.", valueName: "text"))
  var story: String?

  @Option(
    help: ArgumentHelp(
      "When it began: RFC 3339 or a day. (default: the newest capture, else now)",
      valueName: "time"
    ),
    transform: MomentArgument.init
  )
  var at: MomentArgument?

  @Option(help: ArgumentHelp("A label, such as pod=relay-7; repeatable.", valueName: "key=value"))
  var label: [LabelArgument] = []

  @Option(help: ArgumentHelp("The cause, where it is settled already.", valueName: "id"))
  var cause: String?

  @Option(help: ArgumentHelp("What repaired it; goes with --cause.", valueName: "text"))
  var fix: String?

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard title.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("an incident needs a title")
    }
    guard service.contains(where: { !$0.isWhitespace }) else {
      throw ValidationError("--service needs a name")
    }
    guard (cause == nil) == (fix == nil) else {
      throw ValidationError("--cause and --fix go together: what it was, and what repaired it")
    }
    if let cause { _ = try Cause.named(cause) }
    guard story != EvidenceInput.standardInput || !evidence.contains(EvidenceInput.standardInput)
    else { throw ValidationError("standard input holds either the story or a capture, not both") }
  }

  func run() async throws {
    // What cannot be read must fail before anything is written.
    let (files, ignored) = try EvidenceInput.read(evidence)
    let new = try newIncident()
    let logged = try await database.withCasebook(.create) { casebook in
      try await casebook.log(new, files: files, ignored: ignored)
    }
    try output.show(logged, database.rules)
  }

  private func newIncident() throws -> NewIncident {
    let now = Environment.now()
    let settled = try cause.map { try Cause.named($0) }
    let status: IncidentStatus =
      switch settled {
      case nil: .open
      case .healthy: .notALeak
      default: .resolved
      }
    return NewIncident(
      title: title,
      service: service,
      status: status,
      severity: severity ?? .p2,
      isSeverityGiven: severity != nil,
      story: story == EvidenceInput.standardInput
        ? try EvidenceInput.standardInputText() : story ?? "",
      openedAt: at?.instant ?? now,
      isTimeGiven: at != nil,
      loggedAt: now,
      author: author.name,
      cause: settled,
      fix: fix,
      labels: Dictionary(label.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
    )
  }
}
