import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook db vacuum`: gives space back.
struct DatabaseVacuumCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vacuum",
    abstract: "Pack the database into the least space; others cannot write meanwhile."
  )

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let document = try await database.withStore(.existing) { store in
      let before = try await store.statistics().databaseBytes
      try await store.vacuum()
      return VacuumDocument(before: before, after: try await store.statistics().databaseBytes)
    }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      let line = "packed: \(Bytes(document.before)) before, \(Bytes(document.after)) now"
      try Console.show([line], output.terminal)
    }
  }
}

/// What `db vacuum --json` prints: sizes in bytes.
private struct VacuumDocument: Encodable {
  let before: Int64
  let after: Int64
}
