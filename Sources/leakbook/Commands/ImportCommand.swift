import ArgumentParser
import Foundation
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore

/// `leakbook import`: settled cases and archives of other bases become incidents.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Make resolved incidents of folders with a case.json, or take in an exported incident.",
    discussion: """
      A folder without one is looked through one level down. A file is an archive that \
      `leakbook export` made; it gets a number of its own here. What is known is left alone.
      """
  )

  @Argument(help: "Folders, or archives of single incidents.")
  var folders: [String]

  @OptionGroup var author: AuthorOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func run() async throws {
    let isText = !list.jsonl && !list.output.json
    let terminal = list.output.terminal
    let imported = try await database.withCasebook(.create) { casebook in
      var all: [ImportedCase] = []
      for folder in folders {
        let show = { (item: ImportedCase) in
          // Progress is for people who wait; where it cannot be shown the work goes on.
          if isText { try? Console.show([item.line], terminal) }
          if list.jsonl {
            try? Console.show(verbatim: CanonicalJSON.text(ImportedCaseDocument(item)))
          }
        }
        if let archive = try Self.archive(at: folder) {
          let item: ImportedCase
          do {
            item = try await casebook.importArchive(archive, author: author.name)
          } catch let error as ArchiveError {
            throw Failure("\(folder): \(error)", .badData)
          }
          show(item)
          all.append(item)
        } else {
          all += try await casebook.importCases(in: folder, author: author.name, progress: show)
        }
      }
      return all
    }
    if list.output.json, !list.jsonl {
      let documents = imported.map { ImportedCaseDocument($0) }
      try Console.show(verbatim: CanonicalJSON.text(ListDocument(documents)))
    } else if isText {
      let known = imported.count(where: \.wasKnown)
      Console.remark(
        "\(Quantity.counted(imported.count - known, "case")) imported, "
          + "\(Quantity.grouped(known)) known before"
      )
    }
  }
}

extension ImportCommand {
  /// The file at a path; nil for a folder, and for what is not there.
  private static func archive(at path: String) throws -> EvidenceFile? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      !isFolder.boolValue
    else { return nil }
    return try EvidenceInput.readFile(path)
  }
}

/// An imported case as JSON.
private struct ImportedCaseDocument: Encodable {
  let name: String
  let incident: String
  let wasKnown: Bool

  enum CodingKeys: String, CodingKey {
    case name = "case"
    case incident
    case wasKnown = "known"
  }

  init(_ imported: ImportedCase) {
    name = imported.name
    incident = imported.incident.description
    wasKnown = imported.wasKnown
  }
}

extension ImportedCase {
  fileprivate var line: String { "\(incident)  \(name)\(wasKnown ? "  known before" : "")" }
}
