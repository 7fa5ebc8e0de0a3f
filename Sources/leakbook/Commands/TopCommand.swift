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

  @Option(help: "How many functions to show.")
  var count = 10

  @Option(help: ArgumentHelp("What to show, such as alloc_space.", valueName: "name"))
  var sampleType: String?

  @Flag(help: "Sort by what a function and all it calls hold.")
  var cum = false

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard count > 0 else { throw ValidationError("--count needs a number from 1 up") }
  }

  func run() throws {
    var failures: [Failure] = []
    var isFirst = true
    for path in profiles {
      do {
        let input = try ProfileInput(path: path)
        let column = try input.column(named: sampleType)
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
      return try Console.show(verbatim: CanonicalJSON.text(ProfileDocument(input, count: count)))
    }
    let terminal = output.terminal
    if !isFirst { try Console.show(verbatim: "") }
    let report = TopReport(
      input: input,
      column: column,
      count: count,
      order: cum ? .cumulative : .flat
    )
    try Console.show(report.lines(width: terminal.width), terminal)
  }
}

extension Failure {
  /// Whether one file is at fault, so that a command may go on with the others.
  fileprivate var concernsInput: Bool { [.badData, .noInput, .usage].contains(code) }
}
