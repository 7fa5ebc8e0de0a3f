import ArgumentParser
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakRules

/// `leakbook diagnose`: says what captures show; nothing is stored.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Say what captures show. Nothing is stored.",
    discussion: """
      Captures are recognised by what is in them: pprof profiles, goroutine dumps, MemStats \
      samples, files of /proc and cgroups, GC traces, kernel logs, crashes. A folder is read \
      whole, two levels deep.
      """
  )

  @Argument(help: "Files, folders, or - for standard input, which is also read when none is named.")
  var evidence: [String] = []

  @Option(
    help: ArgumentHelp(
      "Exit with 2 when the severity is this or worse.",
      valueName: "P0|P1|P2|P3"
    )
  )
  var failOn: Severity?

  @Option(help: ArgumentHelp("The memory limit for the forecast, such as 2GiB.", valueName: "size"))
  var limit: Bytes?

  @Flag(help: "Show all reasons, causes and files.")
  var all = false

  @OptionGroup var rules: RuleOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let (files, ignored) = try EvidenceInput.readOrStandardInput(evidence)
    let rulebook = try rules.rulebook()
    let diagnosis = try Diagnoser(rulebook: rulebook).diagnose(
      files,
      ignored: ignored,
      limit: limit
    )
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(diagnosis))
    } else {
      let terminal = output.terminal
      let report = DiagnosisReport(
        diagnosis,
        rulebook: rulebook,
        language: output.language,
        isWhole: all
      )
      try Console.show(report.lines(width: terminal.width), terminal)
    }
    try conclude(diagnosis)
  }

  /// Ends with 2 for a diagnosis that is as bad as was asked about.
  func conclude(_ diagnosis: Diagnosis) throws {
    guard let failOn, let severity = diagnosis.troubleSeverity, severity >= failOn else { return }
    throw ExitCode.findings
  }
}

extension Severity: ExpressibleByArgument {
  /// Reads `P1` or `p1`.
  init?(argument: String) {
    self.init(rawValue: argument.uppercased())
  }
}

extension Bytes: ExpressibleByArgument {
  /// Reads `2GiB` or `512Mi`; a limit of nothing is none.
  init?(argument: String) {
    guard let bytes = Bytes(argument), bytes.count > 0 else { return nil }
    self = bytes
  }
}
