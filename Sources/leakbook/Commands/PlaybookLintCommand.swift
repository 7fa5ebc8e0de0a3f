import ArgumentParser
import LeakCasebook
import LeakRules

/// `leakbook playbook lint`: checks playbooks for form, completeness and tests.
struct PlaybookLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check playbooks; exit with 1 when something is wrong."
  )

  @Argument(help: "Files or folders that replace or extend the built-in playbooks.")
  var files: [String] = []

  @OptionGroup var output: OutputOptions

  func run() throws {
    let problems: [PlaybookProblem]
    do {
      problems = PlaybookLint.problems(in: try PlaybookFiles.rulebook(files))
    } catch let error as PlaybookError {
      problems = error.problems
    }
    if output.json {
      let findings = problems.map { LintFinding($0) }
      try Console.show(verbatim: CanonicalJSON.text(ListDocument(findings)))
    } else {
      // A problem has several lines; the caret must stay below its place.
      for problem in problems { try Console.show(verbatim: problem.description) }
      let count = Quantity.counted(problems.count, "problem")
      Console.remark(problems.isEmpty ? "no problems" : count)
    }
    if !problems.isEmpty { throw ExitCode.failure }
  }
}

/// A problem as JSON.
private struct LintFinding: Encodable {
  let path: String
  let line: Int
  let column: Int
  let message: String

  init(_ problem: PlaybookProblem) {
    path = problem.path
    line = problem.line
    column = problem.column
    message = problem.message
  }
}
