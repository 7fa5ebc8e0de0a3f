import ArgumentParser
import LeakAnalysis
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook verify`: measures later evidence.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Measure evidence from after the fix: is the trouble gone?",
    discussion: """
      Compares growth with its 95 % intervals, the places where goroutines and live bytes piled \
      up, how the process ended, load, and how long it was watched. The answer is verified, \
      not-yet or worse. The evidence is kept in any case. When an incident was verified before \
      and a symptom is back, it is reopened.
      """
  )

  @Argument(help: "The incident, such as INC-12; it must be resolved.")
  var incident: IncidentID

  @Argument(help: "Captures taken after the fix: files, folders, or - for standard input.")
  var evidence: [String]

  @Flag(help: "Vouch for load and time being comparable, whatever the captures tell of them.")
  var comparable = false

  @Option(
    help: ArgumentHelp(
      "Exit with 2 when the answer is this or worse: not-yet, worse, never.",
      valueName: "answer"
    )
  )
  var failOn: VerificationThreshold = .notYet

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let files = try EvidenceInput.read(evidence).files
    let document = try await database.withCasebook(.existing) { casebook in
      try await casebook.verify(
        incident,
        files,
        isComparable: comparable,
        author: author.name
      )
    }
    try output.show(document)
    if failOn.isReached(by: document.answer) { throw ExitCode.findings }
  }
}

/// From which answer on a verification is a finding.
enum VerificationThreshold: String, ExpressibleByArgument, CaseIterable {
  case notYet = "not-yet"
  case worse
  case never

  func isReached(by answer: FixAnswer) -> Bool {
    switch self {
    case .notYet: answer != .verified
    case .worse: answer == .worse
    case .never: false
    }
  }
}

extension OutputOptions {
  /// Shows what later evidence says, as text or as JSON.
  func show(_ document: VerificationDocument) throws {
    if json {
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      try Console.show(VerificationReport(document).lines(width: terminal.width), terminal)
    }
  }
}
