import ArgumentParser
import GoFormats
import LeakAnalysis
import LeakCasebook
import LeakDiagnosis

/// `leakbook goroutines`: the goroutines of a dump, those that do the same together.
struct GoroutinesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "goroutines",
    abstract: "Show the goroutines of a dump, grouped by what they do.",
    discussion: "Reads goroutine profiles, debug=1 and debug=2 dumps, and crashes with traces."
  )

  @Argument(help: "A dump, or - for standard input.")
  var dump: String

  @Option(help: "How many groups to show.")
  var count = 10

  @Option(help: "How many calls of each stack to show.")
  var frames = 4

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard count > 0, frames > 0 else {
      throw ValidationError("--count and --frames need a number from 1 up")
    }
  }

  func run() throws {
    let file = try EvidenceInput.readFile(dump)
    let captures = try EvidenceInput.captures(in: file)
    guard let census = Self.census(of: captures) else {
      let format = captures.map(\.format.rawValue).joined(separator: ", ")
      throw Failure("\(dump): it holds no goroutines (\(format))", .badData)
    }
    if output.json {
      try Console.show(verbatim: CanonicalJSON.text(CensusDocument(census, count: count)))
    } else {
      let terminal = output.terminal
      let report = CensusReport(census: census, count: count, frameCount: frames)
      try Console.show(report.lines(width: terminal.width), terminal)
    }
  }

  /// The goroutines of the first capture that has any.
  private static func census(of captures: [Capture]) -> GoroutineCensus? {
    let bundle = EvidenceBundle(captures)
    if let census = bundle.censuses.first { return census }
    return bundle.crash.map {
      GoroutineCensus(dump: $0.value.goroutines, source: $0.source, ownCode: bundle.ownCode)
    }
  }
}

/// What `goroutines --json` prints: `leakbook.goroutines/1`.
private struct CensusDocument: Encodable {
  struct Call: Encodable {
    let function: String
    let file: String
    let line: Int

    init(_ frame: Frame) {
      function = frame.function
      file = frame.file
      line = frame.line
    }
  }

  struct Group: Encodable {
    let count: Int
    let wait: String
    let waitMinutes: Int?
    let frames: [Call]
    let createdBy: Call?

    enum CodingKeys: String, CodingKey {
      case count
      case wait
      case waitMinutes = "wait_min"
      case frames
      case createdBy = "created_by"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(count, forKey: .count)
      try container.encode(wait, forKey: .wait)
      try container.encode(waitMinutes, forKey: .waitMinutes)
      try container.encode(frames, forKey: .frames)
      try container.encode(createdBy, forKey: .createdBy)
    }
  }

  let schema = "leakbook.goroutines/1"
  let source: String
  let total: Int
  let isComplete: Bool
  let groupCount: Int
  let groups: [Group]

  enum CodingKeys: String, CodingKey {
    case schema
    case source
    case total
    case isComplete = "complete"
    case groupCount = "group_count"
    case groups
  }

  init(_ census: GoroutineCensus, count: Int) {
    source = census.source
    total = census.total
    isComplete = census.isComplete
    groupCount = census.groups.count
    groups = census.groups.prefix(count).map { group in
      Group(
        count: group.count,
        wait: group.wait.rawValue,
        waitMinutes: group.waitMinutes,
        frames: group.frames.map { Call($0) },
        createdBy: group.createdBy.map { Call($0) }
      )
    }
  }
}
