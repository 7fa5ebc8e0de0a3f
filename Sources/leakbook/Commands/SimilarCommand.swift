import ArgumentParser
import LeakCasebook
import LeakModel
import LeakStore

/// `leakbook similar`: finds out whether this has happened before.
struct SimilarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Find incidents like one that is stored, like captures, or like a description."
  )

  @Argument(help: "An incident such as INC-12, or files, folders, or - for standard input.")
  var subjects: [String] = []

  @Option(help: ArgumentHelp("A description in words.", valueName: "text"))
  var text: String?

  @Option(help: "How many to find at most.")
  var limit = 5

  @Option(help: ArgumentHelp("An incident that is left out.", valueName: "incident"))
  var except: String?

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var list: ListOptions

  func validate() throws {
    guard !subjects.isEmpty || text != nil else {
      throw ValidationError("name an incident or captures, or give --text")
    }
    if let except, IncidentID(except) == nil {
      throw ValidationError("--except needs an incident such as INC-12, found \"\(except)\"")
    }
    if text != nil, subjects.count == 1, IncidentID(subjects[0]) != nil {
      throw ValidationError("--text goes with captures; an incident has its own story")
    }
    guard (1...200).contains(limit) else {
      throw ValidationError("--limit needs a number from 1 to 200")
    }
  }

  func run() async throws {
    let similar = try await find()
    try list.show(HitsDocument(similar)) {
      SimilarReport(hits: similar.hits, now: Environment.now()).lines(width: $0)
    }
  }

  private func find() async throws -> SimilarIncidents {
    // A file may bear a number for a name; an incident is one word and no more.
    if subjects.count == 1, let id = IncidentID(subjects[0]) {
      return try await database.withRecords(.readOnly) { casebook in
        try await casebook.similar(to: id, limit: limit)
      }
    }
    let files = try subjects.isEmpty ? [] : EvidenceInput.read(subjects).files
    return try await database.withCasebook(.readOnly) { casebook in
      try await casebook.similar(
        to: files,
        toldAs: text ?? "",
        except: except.flatMap { IncidentID($0) },
        limit: limit
      )
    }
  }
}
