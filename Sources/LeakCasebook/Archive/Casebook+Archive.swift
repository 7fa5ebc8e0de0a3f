import GoFormats
package import LeakDiagnosis
package import LeakModel
import LeakStore

/// What leaves the base: bytes, and what was taken out of them.
package struct ExportedFile: Sendable {
  package let bytes: [UInt8]
  /// The secrets found; taken out where that was asked for.
  package let hits: [RedactionHit]
  /// The captures that could not be cleaned, and so were left out.
  package let leftOut: [String]
}

/// How an incident leaves the base.
package struct Redaction: Sendable, Equatable {
  /// Whether secrets are taken out; else they are only counted.
  package let isOn: Bool
  /// Regular expressions of what else is secret.
  package let patterns: [String]

  package init(isOn: Bool, patterns: [String] = []) {
    self.isOn = isOn
    self.patterns = patterns
  }
}

extension Casebook {
  /// Puts an incident with its evidence into one file that another base can take in.
  ///
  /// Shape: a tar of `INC-n/incident.json`, `INC-n/postmortem.md` and `INC-n/evidence/…`.
  ///
  /// - Throws: `RedactionError`, and `CasebookError.damagedEvidence`.
  package func archive(_ id: IncidentID, _ redaction: Redaction) async throws -> ExportedFile {
    var redactor = try Redactor(extra: redaction.patterns)
    let original = try await store.record(of: id)
    let clean = redactor.redact(original)
    var record = redaction.isOn ? clean : original
    var paths: [String: String] = [:]
    var entries: [TarArchive.Entry] = []
    var leftOut: [String] = []
    var hashes: [String: String] = [:]
    for evidence in original.evidence where hashes[evidence.sha256] == nil {
      hashes[evidence.sha256] = evidence.sha256
      let files = try await evidenceFiles([evidence])
      for file in files {
        let cleaned = redactor.redact(file)
        guard let kept = redaction.isOn ? cleaned : file else {
          leftOut.append(evidence.source)
          continue
        }
        hashes[evidence.sha256] = kept.sha256
        let path = Self.path(of: evidence.source, in: id, number: entries.count + 1)
        if paths[kept.sha256] == nil {
          paths[kept.sha256] = path
          entries.append(TarArchive.Entry(path: path, bytes: kept.bytes))
        }
        if kept.sha256 != evidence.sha256 {
          record.replace(evidence.sha256, with: kept)
        }
      }
    }
    if redaction.isOn {
      record.evidence = record.evidence.map { evidence in
        evidence.renamed(redactor.redact(evidence.source, place: "source"))
      }
    }
    let text = PostMortem(record, links: try await links(of: id)).text
    let json = try CanonicalJSON.text(ArchivedIncident(record, paths: paths))
    let head = [
      TarArchive.Entry(path: "\(id)/incident.json", bytes: Array(json.utf8)),
      TarArchive.Entry(path: "\(id)/postmortem.md", bytes: Array(text.utf8)),
    ]
    let seconds = record.incident.updatedAt.milliseconds / 1_000
    return ExportedFile(
      bytes: TarArchive(head + entries).bytes(changedAt: seconds),
      hits: redactor.hits,
      leftOut: leftOut
    )
  }

  /// Writes an incident up for people, as Markdown.
  package func postMortem(_ id: IncidentID, _ redaction: Redaction) async throws -> ExportedFile {
    var redactor = try Redactor(extra: redaction.patterns)
    let text = PostMortem(try await store.record(of: id), links: try await links(of: id)).text
    let clean = redactor.redact(text, place: "postmortem", isLined: true)
    return ExportedFile(
      bytes: Array((redaction.isOn ? clean : text).utf8),
      hits: redactor.hits,
      leftOut: []
    )
  }

  /// Takes in an incident that another base has put into a file, under a number of its own.
  ///
  /// An incident that is here already, whatever its number, is left as it is.
  ///
  /// - Parameters:
  ///   - file: The archive, maybe compressed with gzip.
  ///   - author: Who imports, for the timeline.
  /// - Returns: The number it had, the number it has here, and whether it was here before.
  /// - Throws: `ArchiveError`.
  package func importArchive(_ file: EvidenceFile, author: String) async throws -> ImportedCase {
    let archive = try TarArchive(reading: Self.inflated(file.bytes))
    guard let head = archive.entries.first(where: { $0.path.hasSuffix("incident.json") }) else {
      throw ArchiveError.noIncident
    }
    let archived = try Self.read(head.bytes)
    let record = try archived.record()
    let files = Dictionary(archive.entries.map { ($0.path, $0.bytes) }) { one, _ in one }
    var captures: [RawCapture] = []
    for (capture, evidence) in zip(archived.evidence.filter { $0.file != nil }, record.evidence) {
      let path = capture.file ?? ""
      guard let bytes = files[path], ContentHash.sha256(bytes) == capture.sha256,
        Int64(bytes.count) == capture.size
      else { throw ArchiveError.damagedEvidence(path) }
      captures.append(RawCapture(evidence: evidence, bytes: bytes))
    }
    let event = TimelineEvent(
      at: now(),
      author: author,
      kind: .imported,
      detail: "\(archived.number) of another base"
    )
    let (id, wasKnown) = try await store.insert(record, captures: captures, event: event)
    if !wasKnown { try await relearn(id) }
    return ImportedCase(name: archived.number, incident: id, wasKnown: wasKnown)
  }

  /// Finds anew what the captures of an incident are like; its verdicts stay as they came.
  private func relearn(_ id: IncidentID) async throws {
    let examination = Examination(try await evidenceFiles(of: id))
    guard let diagnosis = try await latestDiagnosis(of: id) else { return }
    try await learn(examination, diagnosis, of: id)
  }

  private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
    guard Gzip.isGzip(bytes) else { return bytes }
    do throws(ParseError) {
      return try Gzip.inflate(bytes, limits: .default)
    } catch {
      throw ArchiveError.notAnArchive(error.reason)
    }
  }

  private static func read(_ bytes: [UInt8]) throws -> ArchivedIncident {
    struct Head: Decodable {
      let schema: String
    }
    let text = String(decoding: bytes, as: UTF8.self)
    do {
      let schema = try CanonicalJSON.read(Head.self, from: text).schema
      guard schema == ArchivedIncident.schemaName else { throw ArchiveError.newerFormat(schema) }
      return try CanonicalJSON.read(ArchivedIncident.self, from: text)
    } catch let error as DecodingError {
      throw ArchiveError.badIncident(error.shortReason)
    }
  }

  /// The path of a capture in an archive: short, and of letters that every system takes.
  private static func path(of source: String, in id: IncidentID, number: Int) -> String {
    let name = source.split(separator: "/").last.map(String.init) ?? "capture"
    let safe = name.unicodeScalars.map { scalar -> Character in
      let isSafe =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isSafe || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
    }
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return "\(id)/evidence/\(padded)-\(String(safe.suffix(60)))"
  }
}

extension IncidentRecord {
  /// Puts a cleaned capture in the place of the one it was made from, wherever that is named.
  fileprivate mutating func replace(_ sha256: String, with file: EvidenceFile) {
    evidence = evidence.map { $0.sha256 == sha256 ? $0.readdressed(to: file) : $0 }
    verdicts = verdicts.map { verdict in
      StoredVerdict(
        at: verdict.at,
        cause: verdict.cause,
        confidence: verdict.confidence,
        culprit: verdict.culprit,
        rules: verdict.rules,
        evidence: verdict.evidence.map { input in
          input.sha256 == sha256
            ? VerdictInput(sha256: file.sha256, source: input.source) : input
        },
        json: verdict.json.replacing(sha256, with: file.sha256)
      )
    }
    verifications = verifications.map { verification in
      StoredVerification(
        at: verification.at,
        author: verification.author,
        answer: verification.answer,
        json: verification.json.replacing(sha256, with: file.sha256)
      )
    }
  }
}

extension Evidence {
  /// The same evidence with other bytes.
  fileprivate func readdressed(to file: EvidenceFile) -> Evidence {
    copy(sha256: file.sha256, source: source, size: Int64(file.bytes.count))
  }

  /// The same evidence under another name.
  fileprivate func renamed(_ source: String) -> Evidence {
    copy(sha256: sha256, source: source, size: size)
  }

  private func copy(sha256: String, source: String, size: Int64) -> Evidence {
    Evidence(
      sha256: sha256,
      source: source,
      format: format,
      size: size,
      capturedAt: capturedAt,
      addedAt: addedAt,
      role: role,
      round: round
    )
  }
}
