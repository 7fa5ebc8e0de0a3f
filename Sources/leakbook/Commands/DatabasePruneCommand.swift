import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook db prune`: rolls up and deletes old snapshots.
struct DatabasePruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Roll up old snapshots to five minutes and hours, and delete the oldest.",
    discussion: """
      The server does this every hour with the standard ages. Incidents and their evidence are kept
      whatever their age.
      """
  )

  @OptionGroup var retention: RetentionOptions

  @Flag(help: "Only tell how many blocks of samples are old enough.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws { _ = try retention.policy() }

  func run() async throws {
    let policy = try retention.policy()
    let now = Environment.now()
    if dryRun {
      let count = try await database.withStore(.readOnly) {
        try await $0.outlived(policy, now: now)
      }
      return try show(
        PruneDocument(outlived: count),
        "\(Quantity.counted(count, "block")) of samples would go"
      )
    }
    let result = try await database.withStore(.existing) { try await $0.prune(policy, now: now) }
    try show(
      PruneDocument(result),
      "rolled up \(Quantity.counted(result.rolledUp, "block")) of samples, "
        + "deleted \(Quantity.grouped(result.deleted)); \(Bytes(result.bytes)) in use"
    )
  }

  private func show(_ document: PruneDocument, _ line: String) throws {
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      try Console.show([line], output.terminal)
    }
  }
}

/// How long snapshots are kept.
struct RetentionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Days to keep samples as they came.", valueName: "days"))
  var rawDays = 7

  @Option(help: ArgumentHelp("Days to keep five-minute roll-ups.", valueName: "days"))
  var fiveMinuteDays = 90

  @Option(help: ArgumentHelp("Days to keep hourly roll-ups.", valueName: "days"))
  var hourlyDays = 730

  @Option(
    help: ArgumentHelp(
      "What the database may use; beyond, the oldest snapshots go before their time.",
      valueName: "size, such as 2GiB"
    )
  )
  var maxSize: String?

  /// The policy asked for.
  ///
  /// - Throws: `ValidationError` when a coarser step would end before a finer one, or for a size
  ///   that is none.
  func policy() throws -> RetentionPolicy {
    guard 0 <= rawDays, rawDays <= fiveMinuteDays, fiveMinuteDays <= hourlyDays,
      hourlyDays <= 36_500
    else {
      throw ValidationError(
        "days ascend from --raw-days over --five-minute-days to --hourly-days, up to 36,500"
      )
    }
    let most = try maxSize.map { text in
      guard let size = Bytes(text) else {
        throw ValidationError("--max-size is a number with a unit, such as 2GiB, not \(text)")
      }
      return size.count
    }
    return RetentionPolicy(days: rawDays, fiveMinuteDays, hourlyDays, mostBytes: most)
  }
}

/// What `db prune --json` prints.
private struct PruneDocument: Encodable {
  /// Blocks that were, or would be, rolled up or deleted.
  let outlived: Int
  let rolledUp: Int?
  let deleted: Int?
  /// Bytes in use after it.
  let bytes: Int64?

  init(outlived: Int) {
    (self.outlived, rolledUp, deleted, bytes) = (outlived, nil, nil, nil)
  }

  init(_ result: PruneResult) {
    outlived = result.rolledUp + result.deleted
    (rolledUp, deleted, bytes) = (result.rolledUp, result.deleted, result.bytes)
  }
}
