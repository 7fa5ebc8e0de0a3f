import ArgumentParser
import Foundation
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore

/// `leakbook export`: one incident for somebody else.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Put an incident into one file: an archive to import elsewhere, or a post-mortem.",
    discussion: """
      An archive is a tar with incident.json, postmortem.md and the evidence; `leakbook import` \
      takes it in under a number of its own. With --redact tokens, addresses and user ids become \
      marks, the same secret the same mark; --dry-run shows what would be taken out, without \
      showing it. Captures that are not text and hold a secret are left out.
      """
  )

  @Argument(help: "The incident, such as INC-12.")
  var incident: IncidentID

  @Option(help: ArgumentHelp("What to write.", valueName: "archive|markdown"))
  var format: ExportFormat = .archive

  @Option(
    help: ArgumentHelp(
      "Where to; - for standard output. (default: INC-n.tar, Markdown to standard output)",
      valueName: "file"
    )
  )
  var to: String?

  @Flag(help: "Take tokens, addresses and user ids out.")
  var redact = false

  @Option(help: ArgumentHelp("What else is secret; repeatable, with --redact.", valueName: "regex"))
  var hide: [String] = []

  @Flag(help: "Show what looks like a secret, and write nothing.")
  var dryRun = false

  @OptionGroup var database: DatabaseOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard hide.isEmpty || redact || dryRun else {
      throw ValidationError("--hide goes with --redact")
    }
  }

  func run() async throws {
    let redaction = Redaction(isOn: redact, patterns: hide)
    let file = try await database.withRecords(.readOnly) { casebook in
      switch format {
      case .archive: try await casebook.archive(incident, redaction)
      case .markdown: try await casebook.postMortem(incident, redaction)
      }
    }
    if dryRun {
      return try show(file, at: nil)
    }
    let path = to ?? (format == .archive ? "\(incident).tar" : EvidenceInput.standardInput)
    if path == EvidenceInput.standardInput {
      if output.json { return try show(file, at: nil, isTextShown: format == .markdown) }
      try Console.show(bytes: file.bytes)
    } else {
      try NewFile.write(file.bytes, to: path)
      try show(file, at: path)
    }
    if !redact, !file.hits.isEmpty {
      Console.remark(
        "\(Quantity.counted(file.hits.count, "place")) in it may hold a secret; see with "
          + "--dry-run, take out with --redact"
      )
    }
  }

  private func show(
    _ file: ExportedFile,
    at path: String?,
    isTextShown: Bool = false
  ) throws {
    if output.json {
      let document = ExportDocument(
        incident: incident.description,
        format: format.rawValue,
        file: path,
        size: file.bytes.count,
        sha256: ContentHash.sha256(file.bytes),
        isRedacted: redact,
        secrets: file.hits,
        leftOut: file.leftOut,
        text: isTextShown ? String(decoding: file.bytes, as: UTF8.self) : nil
      )
      try Console.show(verbatim: CanonicalJSON.text(document))
    } else {
      let terminal = output.terminal
      let report = ExportReport(
        incident: incident,
        file: file,
        path: path,
        isRedacted: redact,
        isDryRun: dryRun
      )
      try Console.show(report.lines(width: terminal.width), terminal)
    }
  }
}

/// What an incident is written as.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
  case archive
  case markdown
}

/// What `export --json` prints: `leakbook.export/1`.
private struct ExportDocument: Encodable {
  let schema = "leakbook.export/1"
  let incident: String
  let format: String
  let file: String?
  let size: Int
  let sha256: String
  let isRedacted: Bool
  let secrets: [RedactionHit]
  let leftOut: [String]
  let text: String?

  private enum CodingKeys: String, CodingKey {
    case schema
    case incident
    case format
    case file
    case size = "size_bytes"
    case sha256
    case isRedacted = "redacted"
    case secrets
    case leftOut = "left_out"
    case text
  }
}
