import ArgumentParser
import LeakCasebook
import LeakModel
import LeakRules
import LeakStore

/// `leakbook playbook show`: what to do about a cause.
struct PlaybookShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a cause is and what to do about it."
  )

  @Argument(help: "The cause, such as http-body-unclosed.")
  var id: String

  @Option(help: ArgumentHelp("Fill in service, pod and others from it.", valueName: "INC-12"))
  var incident: IncidentID?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try Cause.named(id)
  }

  func run() async throws {
    let cause = try Cause.named(id)
    let language = output.language
    guard let playbook = try database.rules.rulebook().playbook(for: cause, language: language)
    else {
      throw Failure("there is no playbook for \(id)", .noInput)
    }
    let values = try await placeholderValues(cause)
    if output.json {
      let markdown = playbook.rendered(filling: values) ?? ""
      let document = PlaybookDocument(
        id: cause,
        title: playbook.title,
        severity: playbook.severity,
        language: language.rawValue,
        markdown: markdown,
        references: playbook.references
      )
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      let terminal = output.terminal
      let text = PlaybookReport(playbook: playbook, values: values, language: language)
      try Console.show(text.lines(width: terminal.width), terminal)
    }
  }

  /// What the incident knows of the words that stand between double braces.
  private func placeholderValues(_ cause: Cause) async throws -> [String: String] {
    guard let incident else { return [:] }
    let report = try await database.withRecords(.readOnly) { casebook in
      try await casebook.report(on: incident)
    }
    return report.playbookValues(for: cause)
  }
}

/// What `playbook show --json` prints.
private struct PlaybookDocument: Encodable {
  let id: Cause
  let title: String
  let severity: Severity
  let language: String
  let markdown: String
  let references: [String]
}
