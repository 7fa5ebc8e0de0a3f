import LeakAnalysis
package import LeakDiagnosis
package import LeakModel
package import LeakStore

/// What came of logging an incident or of adding evidence to one.
package struct Logged: Sendable {
  package fileprivate(set) var incident: Incident
  /// The diagnosis on all its evidence; nil while none of it is recognised.
  package let diagnosis: Diagnosis?
  /// The evidence that was new.
  package let added: [Evidence]
  /// The files that could not be used, each with its reason; their bytes are kept all the same.
  package let ignored: [IgnoredFile]
  package let similar: [SimilarIncident]
  /// The repaired incident that this one is the return of; it is the first of the similar ones.
  package let recurrence: SimilarIncident?
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
    var logged = try await judged(incident.id, added: captures.map(\.evidence), ignored: ignored)
    if !new.isTimeGiven, let captured = logged.added.compactMap(\.capturedAt).max(),
      captured < new.openedAt
    {
      logged.incident = try await date(incident.id, captured)
    }
    // A settled one is history that is told afterwards: it returns from nowhere.
    guard new.cause == nil, let earlier = logged.recurrence?.incident.id else { return logged }
    logged.incident = try await link(
      incident.id,
      to: earlier,
      as: .recurrenceOf,
      author: new.author
    )
    return logged
  }

  /// Dates an incident by its captures.
  private func date(_ id: IncidentID, _ time: Instant) async throws -> Incident {
    let event = TimelineEvent(
      at: now(),
      author: "leakbook",
      kind: .edited,
      detail: "began \(time) at the latest, as the captures tell"
    )
    return try await store.update(id, event: event) { $0.openedAt = time }
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
    try await judge(try await evidenceFiles(of: id), id)
  }

  /// The stored evidence that shows the trouble of an incident, each capture checked against its
  /// SHA-256: that of the latest round, without what was taken to verify a fix.
  package func evidenceFiles(of id: IncidentID) async throws -> [EvidenceFile] {
    try await evidenceFiles(try await store.evidence(of: id).ofTrouble)
  }

  /// The bytes of some evidence, each capture checked against its SHA-256.
  ///
  /// - Throws: `CasebookError.damagedEvidence` for one that is gone or has changed.
  func evidenceFiles(_ evidence: [Evidence]) async throws -> [EvidenceFile] {
    try await evidenceFiles(evidence.map { VerdictInput(sha256: $0.sha256, source: $0.source) })
  }

  /// The files that a verdict rests on, each checked against its SHA-256.
  ///
  /// - Throws: `CasebookError.damagedEvidence` for one that is gone or has changed.
  func evidenceFiles(_ inputs: [VerdictInput]) async throws -> [EvidenceFile] {
    var files: [EvidenceFile] = []
    for input in inputs {
      guard let bytes = try await store.bytes(of: input.sha256) else {
        throw CasebookError.damagedEvidence(sha256: input.sha256)
      }
      let file = EvidenceFile(source: input.source, bytes: bytes)
      guard file.sha256 == input.sha256 else {
        throw CasebookError.damagedEvidence(sha256: input.sha256)
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
    if added.isEmpty, diagnosis == nil {
      _ = try await keepFeatures(of: store.incident(id), nil, nil)
    } else if !added.isEmpty {
      let files = try await evidenceFiles(of: id)
      let examination = Examination(files)
      diagnosis = try await judge(files, examination, id)
      let new = Set(added.map(\.source))
      ignored += examination.ignored.filter { new.contains($0.source) }
      added = try await store.evidence(of: id).filter { new.contains($0.source) }
    }
    let incident = try await store.incident(id)
    let similar = try await similar(to: id)
    return Logged(
      incident: incident,
      diagnosis: diagnosis,
      added: added,
      ignored: ignored,
      similar: similar.hits,
      recurrence: similar.recurrence(in: incident.service)
    )
  }

  /// Reads files and judges them.
  private func judge(_ files: [EvidenceFile], _ id: IncidentID) async throws -> Diagnosis? {
    try await judge(files, Examination(files), id)
  }

  /// Judges what was read and keeps verdict, likeness and functions.
  private func judge(
    _ files: [EvidenceFile],
    _ examination: Examination,
    _ id: IncidentID
  ) async throws -> Diagnosis? {
    try await store.describe(examination.descriptions, of: id)
    let diagnosis: Diagnosis
    let service = try await store.service(named: try await store.incident(id).service)
    do {
      diagnosis = try diagnoser.diagnose(examination, serviceLimit: service?.limit)
    } catch is Diagnoser.NothingRecognised {
      _ = try await keepFeatures(of: store.incident(id), nil, nil)
      return nil
    }
    guard let verdict = try storedVerdict(diagnosis, on: files) else { return nil }
    try await store.record(verdict, for: id, severity: diagnosis.troubleSeverity)
    try await learn(examination, diagnosis, of: id)
    return diagnosis
  }

  /// A diagnosis as the store keeps it: with its rules and the files it rests on.
  func storedVerdict(_ diagnosis: Diagnosis, on files: [EvidenceFile]) throws -> StoredVerdict? {
    guard let first = diagnosis.verdicts.first else { return nil }
    return StoredVerdict(
      at: now(),
      cause: first.cause,
      confidence: first.confidence,
      culprit: first.culprit?.function,
      rules: diagnosis.rules,
      evidence: files.map(\.input),
      json: try CanonicalJSON.text(diagnosis)
    )
  }

  /// Keeps what makes the incident like others, and what lists show of its captures.
  func learn(
    _ examination: Examination,
    _ diagnosis: Diagnosis,
    of id: IncidentID
  ) async throws {
    let features = try await keepFeatures(of: store.incident(id), examination, diagnosis)
    try await keepNumbers(of: examination, for: id)
    let culprits = diagnosis.verdicts.compactMap(\.culprit?.function)
    try await store.setFrames(features.functions.union(culprits), of: id)
  }

  /// Files on their way into the store.
  func rawCaptures(_ files: [EvidenceFile]) -> [RawCapture] {
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
  var descriptions: [CaptureDescription] {
    recognised.map { capture in
      CaptureDescription(
        sha256: capture.sha256,
        format: capture.format,
        capturedAt: capture.capturedAt.flatMap { Instant($0) }
      )
    }
  }
}
