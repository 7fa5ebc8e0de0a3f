import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook import`: folders of settled cases become resolved incidents.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make resolved incidents of folders with a case.json.",
    discussion: "A folder without one is looked through one level down. Known cases are left alone."
  )

  @Argument(help: "Folders.")
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
        all += try await casebook.importCases(in: folder, author: author.name) { item in
          // Progress is for people who wait; where it cannot be shown the work goes on.
          if isText { try? Console.show([item.line], terminal) }
          if list.jsonl {
            try? Console.show(verbatim: CanonicalJSON.text(ImportedCaseDocument(item)))
          }
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
