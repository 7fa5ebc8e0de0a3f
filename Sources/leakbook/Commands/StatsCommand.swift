import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook stats`: which fixes hold, and how long things take.
struct StatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show which playbooks and fixes worked, and how long diagnosing and proving took.",
    discussion: """
      A fix holds when later evidence verified it and the trouble did not come back; it failed when \
      the incident was reopened after it. What is neither is not counted in the rate. Times are \
      from the beginning to the first verdict that names the settled cause, and from the fix to \
      the evidence that proved it. Filters are those of `list`.
      """
  )

  @Argument(help: "Filters, all of which must hold.")
  var filters: [String] = []

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let filter = try ListFilter.parse(filters)
    let outcomes = try await database.withRecords(.readOnly) { try await $0.outcomes(filter) }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(outcomes))
    } else {
      let terminal = output.terminal
      try Console.show(OutcomesReport(outcomes).lines(width: terminal.width), terminal)
    }
  }
}

/// Filters without words, as `list` takes them.
enum ListFilter {
  /// Reads filters.
  ///
  /// - Throws: `Failure` for a word that is none, `SearchQueryError` for one that is not known.
  static func parse(_ filters: [String]) throws -> IncidentFilter {
    let query = try SearchQuery.parse(filters.joined(separator: " "), now: Environment.now())
    if let word = query.terms.first {
      throw Failure(
        "\(word.text) is not a filter; to look for words: leakbook search \(word.text)",
        .usage
      )
    }
    return query.filter
  }
}
