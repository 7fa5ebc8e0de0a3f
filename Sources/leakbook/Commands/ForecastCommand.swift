import ArgumentParser
import LeakAnalysis
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook forecast`: whether a series grows, since when, and when the limit is reached.
struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Say whether memory grows, since when, and when the limit is reached.",
    discussion: """
      Reads tables (a header, the time first), samples as JSON lines, answers of Prometheus to \
      query_range, or one number a line; or, with --service, what a service has reported. With \
      --stream it answers JSON lines: samples in, alarms and forecasts out.
      """
  )

  @Argument(help: "Files with a series each, or - for standard input.")
  var files: [String] = []

  @Option(help: ArgumentHelp("The column of a table or the metric of samples.", valueName: "name"))
  var column: String?

  @Option(
    help: ArgumentHelp(
      "A column or metric of requests or goroutines: growth that follows requests is load.",
      valueName: "name"
    )
  )
  var beside: String?

  @Option(help: ArgumentHelp("The memory limit, such as 2GiB.", valueName: "size"))
  var limit: Bytes?

  @Option(help: ArgumentHelp("A service whose snapshots are stored.", valueName: "name"))
  var service: String?

  @Option(
    help: ArgumentHelp(
      "Exit with 2 when a series is of this verdict, such as leak; repeatable.",
      valueName: "verdict"
    )
  )
  var failOn: [SeriesVerdict] = []

  @Flag(help: "Answer the lines of a detector protocol on standard input.")
  var stream = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !stream || (files.isEmpty && service == nil) else {
      throw ValidationError("--stream reads standard input and takes no files and no --service")
    }
    guard stream || service != nil || !files.isEmpty else {
      throw ValidationError("name a file, - for standard input, --service or --stream")
    }
  }

  func run() async throws {
    if stream { return try ForecastStream.run() }
    var failures: [Failure] = []
    var isFirst = true
    var verdicts: Set<SeriesVerdict> = []
    for path in files {
      do {
        let input = try SeriesInput(path: path, column: column, beside: beside)
        verdicts.insert(try show(input, known: nil, isFirst: isFirst))
        isFirst = false
      } catch {
        guard let failure = Failure(known: error) else { throw error }
        failures.append(failure)
      }
    }
    if let service {
      let (processes, known) = try await stored(service)
      for process in processes {
        let source = "\(service)/\(process.instance)"
        let input = try SeriesInput(
          process.series,
          source: source,
          column: column,
          beside: beside
        )
        verdicts.insert(try show(input, known: known, isFirst: isFirst))
        isFirst = false
      }
    }
    for failure in failures { Console.complain(failure.message) }
    if let first = failures.first { throw first.code }
    if failOn.contains(where: verdicts.contains) { throw ExitCode.findings }
  }

  /// What is stored of a service: its processes' snapshots and its limit.
  private func stored(_ name: String) async throws -> ([InstanceSeries], Double?) {
    try await database.withStore(.readOnly) { store in
      let processes = try await store.snapshots(service: name)
      guard !processes.isEmpty else {
        throw Failure("no snapshots are stored for the service \(name)", .noInput)
      }
      return (processes, try await store.service(named: name)?.limit.map { Double($0.count) })
    }
  }

  /// The limit counts in this order: the flag, the evidence's own, what is known of the service.
  ///
  /// - Returns: The verdict on the series.
  private func show(
    _ input: SeriesInput,
    known: Double?,
    isFirst: Bool
  ) throws -> SeriesVerdict {
    let asked = limit.map { Double($0.count) }
    let report = input.report(limit: asked ?? input.limit ?? known)
    guard !output.json else {
      let document = MemoryForecast(
        source: input.source,
        series: input.name,
        report: report,
        every: input.every
      )
      try Console.show(verbatim: CanonicalJSON.text(document))
      return report.verdict
    }
    let terminal = output.terminal
    if !isFirst { try Console.show(verbatim: "") }
    let lines = ForecastReport(input: input, report: report).lines(terminal)
    try Console.show(lines, terminal)
    return report.verdict
  }
}

extension SeriesVerdict: ExpressibleByArgument {}
