import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook db restore`: puts a backup in the place of the database.
struct DatabaseRestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup in the place of the database; what was there is kept beside it.",
    discussion: "The backup is checked before anything is changed. Stop the server first."
  )

  @Argument(help: ArgumentHelp("The backup.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await verifyCaptures()
    let aside = try Store.restore(file, to: database.path, now: Environment.now())
    let document = RestoreDocument(database: database.path, before: aside)
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      let lines = ["restored \(document.database) from \(file)"]
      try Console.show(
        lines + (aside.map { ["what was there before is \($0)"] } ?? []),
        output.terminal
      )
    }
  }

  /// Checks the bytes of the backup's captures; those of an older schema when it is brought up.
  private func verifyCaptures() async throws {
    let store: Store
    do {
      store = try Store.open(path: file, mode: .readOnly)
    } catch StoreError.olderSchema {
      return
    }
    defer { try? store.close() }
    if let finding = try await store.damagedCaptures().first {
      throw Failure("\(file) is damaged: \(finding); choose an earlier backup", .badData)
    }
  }
}

/// What `db restore --json` prints.
private struct RestoreDocument: Encodable {
  let database: String
  /// Where the database that was there before is now.
  let before: String?
}
