import ArgumentParser
import LeakCasebook
import LeakRules
import LeakStore

/// `leakbook version`: this build, its engine and its rules, for reports of defects.
struct VersionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Show the versions of leakbook, SQLite and the rules."
  )

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let store = try Store.inMemory()
    let sqlite = try await store.settings().version
    let rulebook = try Rulebook.embedded
    let count = rulebook.playbooks.count
    if output.json {
      let document = VersionDocument(
        version: Version.number,
        sqlite: sqlite,
        playbooks: count,
        rules: rulebook.hash
      )
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      try Console.show(
        verbatim: "\(Version.line) · SQLite \(sqlite) · \(count) playbooks · rules \(rulebook.hash)"
      )
    }
  }
}

/// What `version --json` prints.
private struct VersionDocument: Encodable {
  let name = "leakbook"
  let version: String
  let sqlite: String
  let playbooks: Int
  /// The hash of the rules, as diagnoses carry it.
  let rules: String
}
