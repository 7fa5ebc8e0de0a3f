import ArgumentParser
import LeakCasebook
import LeakDiagnosis
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
    let result = try await database.withStore(.existing) { store in
      if rebuildSearch { try await store.rebuildSearch() }
      let findings = try await store.check() + damagedCaptures(in: store)
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
      throw Failure("\(database.path): \(count); restore a backup", .badData)
    }
  }

  /// The captures whose bytes are gone, or no longer have the hash they are filed under.
  private func damagedCaptures(in store: Store) async throws -> [String] {
    var findings: [String] = []
    for capture in try await store.captures() {
      let name = "capture \(capture.sha256.prefix(12))…"
      guard let bytes = try await store.bytes(of: capture.sha256) else {
        findings.append("\(name) has lost its bytes")
        continue
      }
      if EvidenceFile(source: "", bytes: bytes).sha256 != capture.sha256 {
        findings.append("\(name) does not have its SHA-256 any more")
      }
    }
    return findings
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
