import LeakAnalysis
package import LeakDiagnosis
package import LeakModel
package import LeakStore

/// What came of logging an incident or of adding evidence to one.
package struct Logged: Sendable {
  package let incident: Incident
  /// The diagnosis on all its evidence; nil while none of it is recognised.
  package let diagnosis: Diagnosis?
  /// The evidence that was new.
  package let added: [Evidence]
  /// The files that could not be used, each with its reason; their bytes are kept all the same.
  package let ignored: [IgnoredFile]
  package let similar: [SimilarIncident]
}

extension Casebook {
  /// Opens an incident, keeps its evidence, diagnoses it and looks for the like of it.
  ///
  /// The evidence is safe before it is parsed: whatever happens later, the raw bytes are kept.
  package func log(
    _ new: NewIncident,
    files: [EvidenceFile],
    ignored: [IgnoredFile] = []
  ) async throws -> Logged {
    let captures = rawCaptures(files)
    let incident = try await store.insert(new, captures: captures)
    return try await judged(incident.id, added: captures.map(\.evidence), ignored: ignored)
  }

  /// Adds evidence to an incident and diagnoses all that it has.
  package func attach(
    _ files: [EvidenceFile],
    ignored: [IgnoredFile] = [],
    to id: IncidentID,
    author: String
  ) async throws -> Logged {
    let added = try await keep(files, with: id, author: author)
    return try await judged(id, added: added, ignored: ignored)
  }

  /// Keeps files with an incident, raw; nobody has parsed them then.
  ///
  /// - Returns: The evidence that was new.
  /// - Throws: `StoreError.noSuchIncident`.
  package func keep(
    _ files: [EvidenceFile],
    with id: IncidentID,
    author: String
  ) async throws -> [Evidence] {
    try await store.keep(rawCaptures(files), for: id, author: author)
  }

  /// Diagnoses all evidence of an incident again and keeps the verdict.
  ///
  /// - Returns: nil when none of the evidence is recognised.
  @discardableResult
  package func rediagnose(_ id: IncidentID) async throws -> Diagnosis? {
    try await judge(Examination(try await evidenceFiles(of: id)), id)
  }

  /// The stored evidence of an incident, each capture checked against its SHA-256.
  package func evidenceFiles(of id: IncidentID) async throws -> [EvidenceFile] {
    var files: [EvidenceFile] = []
    for evidence in try await store.evidence(of: id) {
      guard let bytes = try await store.bytes(of: evidence.sha256) else {
        throw CasebookError.damagedEvidence(sha256: evidence.sha256)
      }
      let file = EvidenceFile(source: evidence.source, bytes: bytes)
      guard file.sha256 == evidence.sha256 else {
        throw CasebookError.damagedEvidence(sha256: evidence.sha256)
      }
      files.append(file)
    }
    return files
  }

  /// Reads and judges all evidence of an incident, and looks for the like of it.
  ///
  /// - Parameters:
  ///   - id: The incident.
  ///   - added: The evidence that was new; without any, the latest diagnosis stands.
  ///   - ignored: The files that were not even kept.
  /// - Returns: The incident as it is then.
  /// - Throws: `StoreError`, `CasebookError.damagedEvidence`.
  package func judged(
    _ id: IncidentID,
    added: [Evidence],
    ignored: [IgnoredFile] = []
  ) async throws -> Logged {
    var diagnosis = try await latestDiagnosis(of: id)
    var ignored = ignored
    var added = added
    if !added.isEmpty {
      let examination = Examination(try await evidenceFiles(of: id))
      try await store.describe(examination.descriptions, of: id)
      diagnosis = try await judge(examination, id)
      let new = Set(added.map(\.source))
      ignored += examination.ignored.filter { new.contains($0.source) }
      added = try await store.evidence(of: id).filter { new.contains($0.source) }
    }
    return Logged(
      incident: try await store.incident(id),
      diagnosis: diagnosis,
      added: added,
      ignored: ignored,
      similar: try await similar(to: id).hits
    )
  }

  /// Judges what was read and keeps verdict, likeness and functions.
  private func judge(_ examination: Examination, _ id: IncidentID) async throws -> Diagnosis? {
    let diagnosis: Diagnosis
    do {
      diagnosis = try diagnoser.diagnose(examination)
    } catch is Diagnoser.NothingRecognised {
      return nil
    }
    guard let first = diagnosis.verdicts.first else { return nil }
    let verdict = StoredVerdict(
      at: now(),
      cause: first.cause,
      confidence: first.confidence,
      culprit: first.culprit?.function,
      rules: diagnosis.rules,
      json: try CanonicalJSON.text(diagnosis)
    )
    try await store.record(verdict, for: id)
    var features = IncidentFeatures(evidence: examination.bundle, verdicts: diagnosis.verdicts)
    if let cause = try await store.incident(id).cause { features.settle(cause) }
    try await store.setFeatures(features.stored, of: id)
    try await keepNumbers(of: examination, for: id)
    let culprits = diagnosis.verdicts.compactMap(\.culprit?.function)
    try await store.setFrames(features.functions.union(culprits), of: id)
    return diagnosis
  }

  private func rawCaptures(_ files: [EvidenceFile]) -> [RawCapture] {
    let addedAt = now()
    return files.map { file in
      let evidence = Evidence(
        sha256: file.sha256,
        source: file.source,
        format: nil,
        size: Int64(file.bytes.count),
        capturedAt: nil,
        addedAt: addedAt
      )
      return RawCapture(evidence: evidence, bytes: file.bytes)
    }
  }
}

extension Examination {
  /// What each capture turned out to be, for the store.
  fileprivate var descriptions: [CaptureDescription] {
    read.map { capture in
      CaptureDescription(
        sha256: capture.sha256,
        format: capture.format,
        capturedAt: capture.capturedAt.flatMap { Instant($0) }
      )
    }
  }
}

extension IncidentFeatures {
  /// The features as the store keeps them.
  var stored: [Feature: Double] {
    var stored: [Feature: Double] = [:]
    for (kind, texts) in weights {
      for (text, weight) in texts { stored[Feature(kind: kind.rawValue, text: text)] = weight }
    }
    return stored
  }

  /// The features as they come from the store.
  init(stored: [Feature: Double]) {
    self.init()
    for (feature, weight) in stored {
      if let kind = Kind(rawValue: feature.kind) { add(kind, feature.text, weight) }
    }
  }
}
