import ArgumentParser
import LeakCasebook
import LeakModel
import LeakRules
import LeakStore

/// `leakbook show`: all there is to know of one incident.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show an incident with its verdict, evidence and timeline."
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Flag(help: "Show all reasons, causes and files.")
  var all = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let report = try await database.withRecords(.readOnly) { casebook in
      try await casebook.report(on: incident)
    }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(IncidentDocument(report)))
    } else {
      let terminal = output.terminal
      let text = IncidentText(
        report: report,
        rulebook: try database.rules.rulebook(),
        language: output.language,
        isWhole: all
      )
      try Console.show(text.lines(width: terminal.width), terminal)
    }
  }
}
