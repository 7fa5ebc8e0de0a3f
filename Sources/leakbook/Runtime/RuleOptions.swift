import ArgumentParser
import LeakRules

/// Which playbooks judge.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("playbooks"),
    help: ArgumentHelp(
      "Playbooks of your own, over those built in. (default: $LEAKBOOK_PLAYBOOKS)",
      valueName: "folder"
    )
  )
  var folder: String?

  /// The playbooks built in, with those of the folder in their place.
  ///
  /// - Throws: `PlaybookError` with all that lint finds wrong in them: a rule that cannot be relied
  ///   on is worse than none.
  func rulebook() throws -> Rulebook {
    guard let folder = folder ?? Environment.variable("LEAKBOOK_PLAYBOOKS") else {
      return try Rulebook.embedded
    }
    let rulebook = try PlaybookFiles.rulebook([folder])
    let problems = PlaybookLint.problems(in: rulebook, needsTwins: false)
    guard problems.isEmpty else { throw PlaybookError(problems) }
    return rulebook
  }
}
