import ArgumentParser
import LeakAnalysis
import LeakCasebook
import LeakDiagnosis
import LeakModel

/// `leakbook facts`: what was measured on captures, before any rule judges it.
struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "Show the facts that captures tell: what the rules go by.",
    discussion: """
      Each fact has the name that conditions in playbooks use. What is not listed is unknown, \
      which is not false.
      """
  )

  @Argument(help: "Files, folders, or - for standard input, which is also read when none is named.")
  var evidence: [String] = []

  @Flag(help: "Print the catalogue of all facts as Markdown; no capture is read.")
  var catalogue = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    if catalogue {
      try Console.show(verbatim: FactCatalogueText.markdown)
      return
    }
    let (files, ignored) = try EvidenceInput.readOrStandardInput(evidence)
    let examination = Examination(files, ignored: ignored)
    guard !examination.read.isEmpty else {
      throw Diagnoser.NothingRecognised(ignored: examination.ignored)
    }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(FactsDocument(examination.facts)))
    } else {
      let terminal = output.terminal
      try Console.show(FactsReport(examination.facts).lines(width: terminal.width), terminal)
    }
  }
}

/// What `facts --json` prints: `leakbook.facts/1`.
private struct FactsDocument: Encodable {
  struct Entry: Encodable {
    let fact: String
    let value: FactValue
    let unit: String?
    let statement: String
    let from: [String]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(fact, forKey: .fact)
      try container.encode(value, forKey: .value)
      try container.encode(unit, forKey: .unit)
      try container.encode(statement, forKey: .statement)
      try container.encode(from, forKey: .from)
    }

    enum CodingKeys: String, CodingKey {
      case fact
      case value
      case unit
      case statement
      case from
    }
  }

  let schema = "leakbook.facts/1"
  let facts: [Entry]

  init(_ facts: FactSet) {
    self.facts = facts.all.map { fact in
      var unit: String?
      if case .number(let number) = fact.id.definition.type { unit = number.rawValue }
      return Entry(
        fact: fact.id.rawValue,
        value: fact.value,
        unit: unit,
        statement: fact.statement,
        from: fact.from
      )
    }
  }
}
