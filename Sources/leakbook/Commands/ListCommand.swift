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

  @Flag(help: "List all there are, whatever the limit.")
  var all = false

  @Option(help: ArgumentHelp("How to print them.", valueName: "text|json|ndjson|csv"))
  var format: ListFormat?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func validate() throws {
    guard (1...1_000).contains(limit) else {
      throw ValidationError("--limit needs a number from 1 to 1000")
    }
    if let after, Cursor(after) == nil { throw ValidationError("\(after) is not a cursor") }
    guard format == nil || !(list.jsonl || list.output.json) else {
      throw ValidationError("--format goes without --json and --jsonl")
    }
  }

  func run() async throws {
    let filter = try ListFilter.parse(filters)
    let page = try await database.withStore(.readOnly) { store in
      try await incidents(filter, of: store)
    }
    let summaries = page.items.map { IncidentSummary($0) }
    switch format ?? (list.jsonl ? .ndjson : list.output.json ? .json : .text) {
    case .ndjson:
      for summary in summaries { try Console.show(verbatim: CanonicalJSON.text(summary)) }
    case .csv:
      try Console.show(verbatim: IncidentCSV.head)
      for summary in summaries { try Console.show(verbatim: IncidentCSV.row(summary)) }
    case .json:
      try Console.show(
        verbatim: CanonicalJSON.text(ListDocument(summaries, next: page.next?.description))
      )
    case .text:
      let terminal = list.output.terminal
      try Console.show(IncidentTable(incidents: page.items).lines(width: terminal.width), terminal)
      if let next = page.next {
        Console.remark("more: leakbook list --after \(next)")
      } else if page.items.isEmpty {
        Console.remark("no incidents")
      }
    }
  }

  /// One page, or all of them.
  private func incidents(
    _ filter: IncidentFilter,
    of store: Store
  ) async throws -> (items: [Incident], next: Cursor?) {
    var items: [Incident] = []
    var next = after.flatMap { Cursor($0) }
    repeat {
      let page = try await store.incidents(filter, limit: all ? 1_000 : limit, after: next)
      items += page.items
      next = page.next
    } while all && next != nil
    return (items, next)
  }
}

/// How a list is printed.
enum ListFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case ndjson
  case csv
}
