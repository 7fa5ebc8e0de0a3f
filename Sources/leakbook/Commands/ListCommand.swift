import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook list`: incidents, the newest first.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List incidents, the newest first.",
    discussion: """
      Filters: service:NAME cause:ID status:open severity:P1 since:7d until:2026-11-20 \
      frame:FUNCTION label:KEY=VALUE
      """
  )

  @Argument(help: "Filters, all of which must hold.")
  var filters: [String] = []

  @Option(help: "How many to list at most, up to 1,000.")
  var limit = 50

  @Option(help: ArgumentHelp("Go on after a page: its `next`.", valueName: "cursor"))
  var after: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func validate() throws {
    guard (1...1_000).contains(limit) else {
      throw ValidationError("--limit needs a number from 1 to 1000")
    }
    if let after, Cursor(after) == nil { throw ValidationError("\(after) is not a cursor") }
  }

  func run() async throws {
    let query = try SearchQuery.parse(filters.joined(separator: " "), now: Environment.now())
    if let word = query.terms.first {
      throw Failure(
        "\(word.text) is not a filter; to look for words: leakbook search \(word.text)",
        .usage
      )
    }
    let page = try await database.withStore(.readOnly) { store in
      try await store.incidents(query.filter, limit: limit, after: after.flatMap { Cursor($0) })
    }
    let summaries = page.items.map { IncidentSummary($0) }
    if list.jsonl {
      for summary in summaries { try Console.show(verbatim: CanonicalJSON.text(summary)) }
    } else if list.output.json {
      try Console.show(
        verbatim: CanonicalJSON.text(ListDocument(summaries, next: page.next?.description))
      )
    } else {
      let terminal = list.output.terminal
      try Console.show(IncidentTable(incidents: page.items).lines(width: terminal.width), terminal)
      if let next = page.next {
        Console.remark("more: leakbook list --after \(next)")
      } else if page.items.isEmpty {
        Console.remark("no incidents")
      }
    }
  }
}
