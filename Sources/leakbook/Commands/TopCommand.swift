import ArgumentParser
import GoFormats
import LeakCasebook
import LeakDiagnosis

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
    for (index, path) in profiles.enumerated() {
      do {
        let input = try ProfileInput(path: path)
        if output.json {
          try Console.show(verbatim: CanonicalJSON.text(ProfileDocument(input, count: count)))
        } else {
          let terminal = output.terminal
          if index > 0 { try Console.show(verbatim: "") }
          let report = TopReport(
            input: input,
            column: try input.column(named: sampleType),
            count: count,
            order: cum ? .cumulative : .flat
          )
          try Console.show(report.lines(width: terminal.width), terminal)
        }
      } catch let error as ParseError {
        failures.append(Failure("\(path): \(error)", .badData))
      } catch let error as CaseFolder.Failure {
        failures.append(Failure(error.description, .noInput))
      }
    }
    try Failure.report(failures)
  }
}

extension Failure {
  /// Ends a command that went on past files it could not read: each is named, the first decides.
  static func report(_ failures: [Failure]) throws {
    guard let first = failures.first else { return }
    for failure in failures.dropFirst() { Console.complain(failure.message) }
    throw first
  }
}
