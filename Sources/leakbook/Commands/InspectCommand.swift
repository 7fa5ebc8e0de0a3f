import ArgumentParser
import GoFormats
import LeakCasebook
import LeakDiagnosis
import LeakModel

/// `leakbook inspect`: what is in captures, file by file.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Say what is in captures, file by file."
  )

  @Argument(help: "Files, folders, or - for standard input.")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    let (files, ignored) = try EvidenceInput.read(files)
    for file in ignored { Console.complain("\(file.source): \(file.reason)") }
    var recognised = 0
    for file in files {
      let document = InspectedFile(file)
      recognised += document.captures.isEmpty ? 0 : 1
      if output.json {
        try Console.show(verbatim: CanonicalJSON.text(document))
      } else {
        let terminal = output.terminal
        try Console.show(document.lines(width: terminal.width), terminal)
      }
    }
    guard recognised == 0 else { return }
    let reason = "nothing here is a capture that leakbook knows"
    throw Failure(reason, files.count == 1 ? .badData : .noInput)
  }
}

/// A file and the captures in it: `leakbook.inspect/1`.
struct InspectedFile: Encodable {
  /// A capture that was recognised in the file.
  struct Recognised: Encodable {
    let format: String
    let capturedAt: String?
    let summary: String
    /// What was skipped inside.
    let skipped: [String]

    enum CodingKeys: String, CodingKey {
      case format
      case capturedAt = "captured_at"
      case summary
      case skipped
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(format, forKey: .format)
      try container.encode(capturedAt, forKey: .capturedAt)
      try container.encode(summary, forKey: .summary)
      try container.encode(skipped, forKey: .skipped)
    }
  }

  let schema = "leakbook.inspect/1"
  let source: String
  let sha256: String
  let size: Int
  let captures: [Recognised]
  /// Why nothing was recognised; nil where something was.
  let problem: String?

  enum CodingKeys: String, CodingKey {
    case schema
    case source
    case sha256
    case size = "size_bytes"
    case captures
    case problem
  }

  init(_ file: EvidenceFile) {
    source = file.source
    sha256 = file.sha256
    size = file.bytes.count
    do throws(ParseError) {
      captures = try Capture.read(file.bytes, source: file.source).map { capture in
        Recognised(
          format: capture.format.rawValue,
          capturedAt: capture.capturedAt?.description,
          summary: capture.summary,
          skipped: capture.remarks
        )
      }
      problem = nil
    } catch {
      captures = []
      problem = error.description
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(source, forKey: .source)
    try container.encode(sha256, forKey: .sha256)
    try container.encode(size, forKey: .size)
    try container.encode(captures, forKey: .captures)
    try container.encode(problem, forKey: .problem)
  }

  /// How many of the pieces skipped inside a capture are shown.
  private static let shownSkipped = 3

  /// The file, then each capture in it.
  func lines(width: Int) -> [String] {
    var layout = ReportLayout(width: width, indent: 2)
    if let problem { layout.add("", problem) }
    for capture in captures {
      let time = capture.capturedAt.map { "  \($0)" } ?? ""
      layout.add("", capture.format + time)
      layout.add("", "  " + capture.summary)
      for piece in capture.skipped.prefix(Self.shownSkipped) {
        layout.add("", "  skipped: \(piece)")
      }
      let hidden = capture.skipped.count - Self.shownSkipped
      if hidden > 0 { layout.add("", "  skipped: \(hidden) more") }
    }
    return ["\(source)  \(Quantity.counted(size, "byte"))"] + layout.lines
  }
}
