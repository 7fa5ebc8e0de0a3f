import ArgumentParser
import GoFormats
import LeakCasebook

/// `leakbook top`: the functions with the largest values of a profile.
struct TopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "Show the functions with the largest values of a profile."
  )

  @Argument(help: "Profiles in any pprof format, or - for standard input.")
  var profiles: [String]

  @OptionGroup var functions: FunctionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    var failures: [Failure] = []
    var isFirst = true
    for path in profiles {
      do {
        let input = try ProfileInput(path: path)
        let column = try input.column(named: functions.sampleType)
        try show(input, column: column, isFirst: isFirst)
        isFirst = false
      } catch {
        guard let failure = Failure(known: error), failure.concernsInput else { throw error }
        failures.append(failure)
      }
    }
    guard let first = failures.first else { return }
    for failure in failures { Console.complain(failure.message) }
    throw first.code
  }

  private func show(_ input: ProfileInput, column: Int, isFirst: Bool) throws {
    guard !output.json else {
      return try Console.show(
        verbatim: CanonicalJSON.text(ProfileDocument(input, count: functions.count))
      )
    }
    let terminal = output.terminal
    if !isFirst { try Console.show(verbatim: "") }
    let report = TopReport(
      input: input,
      column: column,
      count: functions.count,
      order: functions.cum ? .cumulative : .flat
    )
    try Console.show(report.lines(width: terminal.width), terminal)
  }
}

extension Failure {
  /// Whether one file is at fault, so that a command may go on with the others.
  fileprivate var concernsInput: Bool { [.badData, .noInput, .usage].contains(code) }
}
