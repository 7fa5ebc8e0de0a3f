import ArgumentParser
import LeakCasebook
import LeakStore

/// `leakbook audit`: who did what over the server, and whether the log is whole.
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Read and check the log of who did what.",
    subcommands: [AuditListCommand.self, AuditVerifyCommand.self]
  )
}

/// `leakbook audit list`: the log, the newest first.
struct AuditListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List who did what, the newest first."
  )

  @Option(help: "How many entries to list at most, up to 1,000.")
  var limit = 50

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func validate() throws {
    guard (1...1_000).contains(limit) else {
      throw ValidationError("--limit needs a number from 1 to 1000")
    }
  }

  func run() async throws {
    let documents = try await database.withStore(.readOnly) { store in
      try await store.newestAuditRecords(before: nil, limit: limit).map { AuditDocument($0) }
    }
    if list.jsonl {
      for document in documents { try Console.show(verbatim: CanonicalJSON.text(document)) }
    } else if list.output.json {
      try Console.show(verbatim: CanonicalJSON.text(ListDocument(documents)))
    } else {
      let rows = documents.map { [$0.at, $0.actor, $0.action, $0.target, $0.result] }
      let table = ColumnText(["TIME", "WHO", "WHAT", "TARGET", "RESULT"], rows)
      try Console.show(table.lines, list.output.terminal)
    }
  }
}

/// `leakbook audit verify`: checks the chain of the log from end to end.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that no entry of the log was changed or taken away."
  )

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let finding = try await database.withRecords(.readOnly) { try await $0.verifyAudit() }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(finding))
    } else if finding.problem == nil {
      let count = finding.sound == 1 ? "1 entry" : "\(finding.sound) entries"
      try Console.show(["whole: \(count)"], output.terminal)
    }
    if let problem = finding.problem {
      throw Failure("\(database.path): the audit log is not whole: \(problem)", .badData)
    }
  }
}
