import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook rediagnose`: what the present rules say of past evidence.
struct RediagnoseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rediagnose",
    abstract: "Judge past evidence by the present rules, and show which verdicts flip.",
    discussion: """
      Each verdict names its captures by their SHA-256 and its rules by a hash. With the same \
      rules it is reproduced byte for byte; with others it may stay, change or flip. Without \
      --dry-run a verdict that differs is kept beside the old one. Filters are those of `list`; \
      without any all incidents are judged.
      """
  )

  @Argument(help: "Incidents such as INC-12, or filters.")
  var subjects: [String] = []

  @Flag(help: "Show what would change, and keep nothing.")
  var dryRun = false

  @Flag(help: "Exit with 2 when a verdict flips.")
  var failOnFlip = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func run() async throws {
    let ids = subjects.compactMap { IncidentID($0) }
    let filter = try ids.count == subjects.count ? IncidentFilter() : ListFilter.parse(subjects)
    let items = try await database.withCasebook(dryRun ? .readOnly : .existing) { casebook in
      var items: [Rediagnosis] = []
      let reconsider = { (id: IncidentID) in
        guard let item = try await casebook.reconsider(id, isDryRun: dryRun) else { return }
        if list.jsonl { try Console.show(verbatim: CanonicalJSON.text(item)) }
        items.append(item)
      }
      for id in ids { try await reconsider(id) }
      if ids.isEmpty { try await casebook.forEachIncident(filter) { try await reconsider($0.id) } }
      return items
    }
    if list.output.json, !list.jsonl {
      try Console.show(verbatim: CanonicalJSON.text(RediagnosisDocument(items, isDryRun: dryRun)))
    } else if !list.jsonl {
      let terminal = list.output.terminal
      let report = RediagnosisReport(items: items, isDryRun: dryRun)
      try Console.show(report.lines(width: terminal.width), terminal)
    }
    if failOnFlip, items.contains(where: { $0.outcome == .flipped }) { throw ExitCode.findings }
  }
}

/// What `rediagnose --json` prints: `leakbook.rediagnosis/1`.
private struct RediagnosisDocument: Encodable {
  let schema = "leakbook.rediagnosis/1"
  let dryRun: Bool
  let items: [Rediagnosis]
  /// The number of verdicts by what became of them.
  let outcomes: [String: Int]

  init(_ items: [Rediagnosis], isDryRun: Bool) {
    self.items = items
    dryRun = isDryRun
    outcomes = Dictionary(items.map { ($0.outcome.rawValue, 1) }, uniquingKeysWith: +)
  }

  private enum CodingKeys: String, CodingKey {
    case schema
    case dryRun = "dry_run"
    case items
    case outcomes
  }
}
