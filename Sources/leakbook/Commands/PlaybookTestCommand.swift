import ArgumentParser
import LeakCasebook
import LeakModel
import LeakRules

/// `leakbook playbook test`: runs the tests that playbooks carry.
struct PlaybookTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the tests of playbooks; exit with 1 when one fails."
  )

  @Argument(help: "Files or folders that replace or extend the built-in playbooks.")
  var files: [String] = []

  @OptionGroup var output: OutputOptions

  func run() throws {
    let rulebook = try PlaybookFiles.rulebook(files)
    let results = try rulebook.playbooks.flatMap { playbook in
      try playbook.runTests().map { TestResult(playbook: playbook, outcome: $0) }
    }
    let failed = results.filter { !$0.passed }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(ListDocument(results)))
    } else {
      let lines = failed.map { "\($0.path): \($0.name): \($0.explanation ?? "failed")" }
      try Console.show(lines, output.terminal)
      Console.remark(
        "\(Quantity.counted(results.count, "test")), \(Quantity.grouped(failed.count)) failed"
      )
    }
    if !failed.isEmpty { throw ExitCode.failure }
  }
}

/// How one test went, as JSON.
private struct TestResult: Encodable, Sendable {
  let playbook: String
  let path: String
  let name: String
  let passed: Bool
  /// What was expected and what came; nil when they agree.
  let explanation: String?

  init(playbook: Playbook, outcome: PlaybookTest.Outcome) {
    self.playbook = playbook.id.rawValue
    path = playbook.path
    name = outcome.test.name
    passed = outcome.passed
    explanation = outcome.passed ? nil : outcome.explanation
  }
}
