import LeakAnalysis
import LeakModel
import LeakStore

/// The incident.json of an archive: `leakbook.archive/1`.
///
/// It is written with all that the base knows of the incident, and without its number being of any
/// weight: what it is known by is `uid`.
struct ArchivedIncident: Codable {
  static let schemaName = "leakbook.archive/1"

  struct Capture: Codable {
    let source: String
    /// The path within the archive; nil when it was left out.
    let file: String?
    let sha256: String
    let size: Int64
    let format: String?
    let capturedAt: String?
    let addedAt: String
    let role: EvidenceRole
    let round: Int
  }

  struct Event: Codable {
    let at: String
    let author: String
    let kind: TimelineEvent.Kind
    let detail: String
  }

  struct Judgement: Codable {
    let at: String
    let cause: Cause
    let confidence: Double
    let culprit: String?
    let rules: String
    let evidence: [VerdictInput]
    /// The whole diagnosis, as JSON in a text.
    let diagnosis: String
  }

  struct Fix: Codable {
    let cause: Cause
    let fix: String
    let commit: String?
    let at: String
    let author: String
    let verifiedAt: String?
    let failedAt: String?
  }

  struct Check: Codable {
    let at: String
    let author: String
    let answer: String
    /// The whole measurement, as JSON in a text.
    let verification: String
  }

  let schema: String
  let uid: String
  /// The number in the base it comes from, for people.
  let number: String
  let title: String
  let service: String
  let status: IncidentStatus
  let severity: Severity
  /// Missing in archives of before, whose severity stays as it is.
  let isSeverityGiven: Bool?
  let story: String
  let openedAt: String
  let updatedAt: String
  let cause: Cause?
  let fix: String?
  let commit: String?
  let importedCase: String?
  let labels: [String: String]
  let evidence: [Capture]
  let timeline: [Event]
  let verdicts: [Judgement]
  let repairs: [Fix]
  let verifications: [Check]
}

extension ArchivedIncident {
  /// Takes a record, with the path of each capture by its SHA-256; one without a path is left out.
  init(_ record: IncidentRecord, paths: [String: String]) {
    let incident = record.incident
    schema = Self.schemaName
    uid = record.uid
    number = incident.id.description
    title = incident.title
    service = incident.service
    status = incident.status
    severity = incident.severity
    isSeverityGiven = incident.isSeverityGiven
    story = incident.story
    openedAt = incident.openedAt.description
    updatedAt = incident.updatedAt.description
    cause = incident.cause
    fix = incident.fix
    commit = incident.fixCommit
    importedCase = incident.importedCase
    labels = incident.labels
    evidence = record.evidence.map { evidence in
      Capture(
        source: evidence.source,
        file: paths[evidence.sha256],
        sha256: evidence.sha256,
        size: evidence.size,
        format: evidence.format,
        capturedAt: evidence.capturedAt?.description,
        addedAt: evidence.addedAt.description,
        role: evidence.role,
        round: evidence.round
      )
    }
    timeline = record.timeline.map {
      Event(at: $0.at.description, author: $0.author, kind: $0.kind, detail: $0.detail)
    }
    verdicts = record.verdicts.map { verdict in
      Judgement(
        at: verdict.at.description,
        cause: verdict.cause,
        confidence: verdict.confidence,
        culprit: verdict.culprit,
        rules: verdict.rules,
        evidence: verdict.evidence,
        diagnosis: verdict.json
      )
    }
    repairs = record.repairs.map { repair in
      Fix(
        cause: repair.cause,
        fix: repair.fix,
        commit: repair.commit,
        at: repair.at.description,
        author: repair.author,
        verifiedAt: repair.verifiedAt?.description,
        failedAt: repair.failedAt?.description
      )
    }
    verifications = record.verifications.map {
      Check(at: $0.at.description, author: $0.author, answer: $0.answer, verification: $0.json)
    }
  }

  /// The record that this describes, for those captures whose bytes came along.
  ///
  /// - Throws: `ArchiveError.badIncident` for a time or an identity that is none, or JSON in a text
  ///   that is not what it should be.
  func record() throws -> IncidentRecord {
    guard uid.count == 32, uid.allSatisfy({ "0123456789abcdef".contains($0) }) else {
      throw ArchiveError.badIncident("\"uid\" is not 32 hex digits")
    }
    guard !title.isEmpty, !service.isEmpty else {
      throw ArchiveError.badIncident("\"title\" and \"service\" must not be empty")
    }
    return IncidentRecord(
      uid: uid,
      incident: try incident(),
      evidence: try evidence.filter { $0.file != nil }.map { try $0.value() },
      timeline: try timeline.map {
        TimelineEvent(at: try moment($0.at), author: $0.author, kind: $0.kind, detail: $0.detail)
      },
      verdicts: try verdicts.map { try $0.value() },
      repairs: try repairs.map { try $0.value() },
      verifications: try verifications.map { check in
        let document = try? CanonicalJSON.read(VerificationDocument.self, from: check.verification)
        guard let document, document.answer.rawValue == check.answer else {
          throw ArchiveError.badIncident("a verification is not as it should be")
        }
        return StoredVerification(
          at: try moment(check.at),
          author: check.author,
          answer: check.answer,
          json: try CanonicalJSON.text(document)
        )
      }
    )
  }

  private func incident() throws -> Incident {
    Incident(
      // The number is given where it is taken in.
      id: IncidentID(number: 1),
      title: title,
      service: service,
      status: status,
      severity: severity,
      isSeverityGiven: isSeverityGiven ?? true,
      story: story,
      openedAt: try moment(openedAt),
      updatedAt: try moment(updatedAt),
      cause: cause,
      fix: fix,
      fixCommit: commit,
      importedCase: importedCase,
      labels: labels
    )
  }
}

extension ArchivedIncident.Capture {
  fileprivate func value() throws -> Evidence {
    Evidence(
      sha256: sha256,
      source: source,
      format: format,
      size: size,
      capturedAt: try capturedAt.map { try moment($0) },
      addedAt: try moment(addedAt),
      role: role,
      round: round
    )
  }
}

extension ArchivedIncident.Judgement {
  fileprivate func value() throws -> StoredVerdict {
    guard let document = try? CanonicalJSON.read(Diagnosis.self, from: diagnosis) else {
      throw ArchiveError.badIncident("a diagnosis is not as it should be")
    }
    return StoredVerdict(
      at: try moment(at),
      cause: cause,
      confidence: confidence,
      culprit: culprit,
      rules: rules,
      evidence: evidence,
      json: try CanonicalJSON.text(document)
    )
  }
}

extension ArchivedIncident.Fix {
  fileprivate func value() throws -> Repair {
    Repair(
      cause: cause,
      fix: fix,
      commit: commit,
      at: try moment(at),
      author: author,
      verifiedAt: try verifiedAt.map { try moment($0) },
      failedAt: try failedAt.map { try moment($0) }
    )
  }
}

/// A moment written as RFC 3339.
private func moment(_ text: String) throws -> Instant {
  guard let instant = Instant(text) else {
    throw ArchiveError.badIncident("\"\(text)\" is not a time as RFC 3339 has it")
  }
  return instant
}
