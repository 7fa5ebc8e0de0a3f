import ArgumentParser
import LeakCasebook
import LeakModel
import LeakRules
import LeakServer

/// `leakbook playbook list`: the playbooks by family.
struct PlaybookListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the playbooks."
  )

  @OptionGroup var rules: RuleOptions
  @OptionGroup var list: ListOptions

  func run() throws {
    let rulebook = try rules.rulebook()
    let language = list.output.language
    let playbooks = rulebook.playbooks.compactMap {
      rulebook.playbook(for: $0.id, language: language)
    }
    if list.jsonl {
      for playbook in playbooks {
        try Console.show(verbatim: CanonicalJSON.text(PlaybookSummary(playbook)))
      }
    } else if list.output.json {
      try Console.show(
        verbatim: CanonicalJSON.text(ListDocument(playbooks.map { PlaybookSummary($0) }))
      )
    } else {
      let terminal = list.output.terminal
      try Console.show(PlaybookTable(playbooks: playbooks).lines(width: terminal.width), terminal)
    }
  }
}
