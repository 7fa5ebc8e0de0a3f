import ArgumentParser
import Foundation
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook db backup`: copies the database while others use it.
struct DatabaseBackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the database into one file, while others read and write it.",
    discussion: """
      The copy holds all that was acknowledged before the command began. It appears under its name
      when it is whole, checked and on the disk.
      """
  )

  @Argument(help: ArgumentHelp("The file to make.", valueName: "file"), completion: .file())
  var file: String

  @Flag(help: "Put the copy in the place of a file that is there.")
  var replace = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try Store.backUp(database.path, to: file, replacing: replace)
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? NSNumber
    let document = BackupDocument(file: file, bytes: size?.int64Value ?? 0)
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      try Console.show(["backed up to \(file): \(Bytes(document.bytes))"], output.terminal)
    }
  }
}

/// What `db backup --json` prints.
private struct BackupDocument: Encodable {
  let file: String
  let bytes: Int64
}
