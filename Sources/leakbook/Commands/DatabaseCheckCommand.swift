import ArgumentParser
import LeakCasebook
import LeakStore

/// `leakbook db check`: looks for damage.
struct DatabaseCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Look for damage, down to the bytes of every capture."
  )

  @Flag(help: "First make the text index anew from the incidents: repairs a damaged search.")
  var rebuildSearch = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    // What cannot be written is looked through as far as reading goes.
    let isFrozen = !rebuildSearch && Store.isOnReadOnlyDisk(database.path)
    let result = try await database.withStore(isFrozen ? .readOnly : .existing) { store in
      if rebuildSearch { try await store.rebuildSearch() }
      let findings = try await store.check() + store.damagedCaptures()
      let statistics = try await store.statistics()
      return CheckDocument(
        findings: findings,
        incidents: statistics.incidents.values.reduce(0, +),
        captures: statistics.captureCount
      )
    }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(result))
    } else if result.findings.isEmpty {
      try Console.show(verbatim: "sound: \(result.counts)")
    } else {
      try Console.show(result.findings, output.terminal)
    }
    guard result.findings.isEmpty else {
      let count = Quantity.counted(result.findings.count, "finding")
      throw Failure(
        "\(database.path): \(count); restore a backup: leakbook db restore FILE",
        .badData
      )
    }
  }
}

/// What `db check --json` prints.
private struct CheckDocument: Encodable {
  let findings: [String]
  let incidents: Int
  let captures: Int

  var counts: String {
    "\(Quantity.counted(incidents, "incident")), \(Quantity.counted(captures, "capture"))"
  }
}
