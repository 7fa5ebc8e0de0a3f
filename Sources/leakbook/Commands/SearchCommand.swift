import ArgumentParser
import LeakCasebook
import LeakStore

/// `leakbook search`: finds past incidents by words and filters.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find incidents by words, functions and filters.",
    discussion: """
      Words, "phrases in quotes" and prefixes* are looked for in titles, stories, notes, fixes \
      and functions. Filters as for `list`.
      """
  )

  @Argument(help: "What to look for.")
  var query: [String]

  @Option(help: "How many to find at most, up to 200.")
  var limit = 20

  @Flag(
    name: .customLong("facets"),
    help: "Count services, causes, states and months of what is found; of many the best."
  )
  var countsFacets = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func validate() throws {
    guard (1...200).contains(limit) else {
      throw ValidationError("--limit needs a number from 1 to 200")
    }
    guard !countsFacets || !list.jsonl else {
      throw ValidationError("--facets has no place among the lines of --jsonl: use --json")
    }
  }

  func run() async throws {
    let query = try SearchQuery.parse(query.joined(separator: " "), now: Environment.now())
    let (hits, facets) = try await database.withStore(.readOnly) { store in
      (
        try await store.search(query, limit: limit),
        countsFacets ? try await store.facets(of: query) : nil
      )
    }
    try list.show(HitsDocument(hits, facets: facets)) {
      SearchReport(hits: hits, facets: facets).lines(width: $0)
    }
  }
}

extension ListOptions {
  /// Shows hits in the form asked for; `lines` makes the text for a width.
  func show(_ document: HitsDocument, lines: (_ width: Int) -> [String]) throws {
    if jsonl {
      for hit in document.hits { try Console.show(verbatim: CanonicalJSON.text(hit)) }
    } else if output.json {
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      let terminal = output.terminal
      try Console.show(lines(terminal.width), terminal)
    }
  }
}
