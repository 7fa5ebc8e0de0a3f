import LeakAnalysis
package import LeakDiagnosis
package import LeakModel
import LeakStore

extension Casebook {
  /// Measures later evidence against that of the trouble, and says whether the fix is proven.
  ///
  /// What is evidence of the trouble already says nothing of the fix, and is left out. The rest is
  /// kept first, whatever it says. A proven fix makes the incident `verified`. When
  /// it was verified before and a symptom is there again, the incident is reopened, with the new
  /// evidence as that of a new round.
  ///
  /// - Parameters:
  ///   - id: A resolved or verified incident.
  ///   - files: Captures taken after the fix.
  ///   - isComparable: Whether the author vouches for load and time.
  ///   - author: Who verifies.
  /// - Returns: The answer with everything measured.
  /// - Throws: `CasebookError` when there is nothing to verify or to compare, and
  ///   `Diagnoser.NothingRecognised` when none of the files is a capture.
  package func verify(
    _ id: IncidentID,
    _ files: [EvidenceFile],
    isComparable: Bool = false,
    author: String
  ) async throws -> VerificationDocument {
    let incident = try await store.incident(id)
    guard [.resolved, .verified].contains(incident.status) else {
      throw CasebookError.nothingToVerify(id, incident.status)
    }
    let known = try await store.evidence(of: id)
    let old = try await evidenceFiles(known.ofTrouble)
    let troubled = Set(old.map(\.sha256))
    let (reused, files) = (
      files.filter { troubled.contains($0.sha256) }, files.filter { !troubled.contains($0.sha256) }
    )
    guard !files.isEmpty else { throw CasebookError.sameEvidence(id) }
    try await store.keep(rawCaptures(files), for: id, as: .verification, author: author)
    let before = Examination(old)
    let after = Examination(files)
    try await store.describe(after.descriptions, of: id)
    guard !before.read.isEmpty else { throw CasebookError.nothingToCompare(id) }
    let verdicts = try diagnoser.diagnose(after).verdicts
    let assurance = FixComparison.Assurance(
      isComparable: isComparable,
      isAllocationTheSymptom: incident.cause?.family == .churn,
      isGrowthTheSymptom: incident.cause?.growsWithTime ?? true
    )
    let comparison = FixComparison(
      before: before.bundle,
      after: after.bundle,
      cause: causeCheck(incident.cause, before, verdicts),
      assurance: assurance
    )
    let isBack = incident.status == .verified && comparison.showsTrouble
    let proven = isBack ? try await proof(of: id) : []
    let document = VerificationDocument(
      of: id,
      status: isBack ? .reopened : comparison.answer == .verified ? .verified : incident.status,
      at: now(),
      author: author,
      comparison: comparison,
      sinceVerified: !proven.isEmpty
        ? FixComparison(
          before: Examination(proven).bundle,
          after: after.bundle,
          assurance: assurance
        ) : nil,
      before: old.map(\.input),
      after: files.map(\.input),
      reused: reused.map(\.source)
    )
    try await record(document, comparison, isBack: isBack, of: id)
    if isBack { try await takeUp(files, for: id, author: author) }
    return document
  }

  /// Reopens an incident with the evidence of its recurrence, which is diagnosed by itself.
  ///
  /// - Parameters:
  ///   - id: A closed incident.
  ///   - why: What was seen.
  ///   - files: Captures of the recurrence.
  ///   - author: Who reopens.
  /// - Returns: How it is now against the first evidence and, where the fix was proven, against
  ///   the proven state; nil without evidence on either side.
  /// - Throws: `CasebookError.notClosed`.
  package func reopen(
    _ id: IncidentID,
    why: String,
    with files: [EvidenceFile],
    author: String
  ) async throws -> VerificationDocument? {
    let known = try await store.evidence(of: id)
    let incident = try await reopen(id, why: why, author: author)
    guard !files.isEmpty else { return nil }
    try await takeUp(files, for: id, author: author)
    let old = try await evidenceFiles(known.ofTrouble)
    let (before, after) = (Examination(old), Examination(files))
    guard !before.read.isEmpty, let verdicts = try? diagnoser.diagnose(after).verdicts else {
      return nil
    }
    let proven = try await proof(of: id)
    return VerificationDocument(
      of: id,
      status: .reopened,
      at: now(),
      author: author,
      comparison: FixComparison(
        before: before.bundle,
        after: after.bundle,
        cause: causeCheck(incident.cause, before, verdicts)
      ),
      sinceVerified: proven.isEmpty
        ? nil : FixComparison(before: Examination(proven).bundle, after: after.bundle),
      before: old.map(\.input),
      after: files.map(\.input)
    )
  }

  /// The captures that proved the latest fix that was proven; none when no fix was.
  private func proof(of id: IncidentID) async throws -> [EvidenceFile] {
    let verified = try await store.verifications(of: id).first {
      $0.answer == FixAnswer.verified.rawValue
    }
    guard let verified else { return [] }
    let document = try CanonicalJSON.read(VerificationDocument.self, from: verified.json)
    return try await evidenceFiles(document.after)
  }

  /// Keeps the answer, and takes the step in the incident's life that it means.
  private func record(
    _ document: VerificationDocument,
    _ comparison: FixComparison,
    isBack: Bool,
    of id: IncidentID
  ) async throws {
    let time = Instant(document.at) ?? now()
    let isProven = comparison.answer == .verified
    let event = TimelineEvent(
      at: time,
      author: document.author,
      kind: isBack ? .reopened : isProven ? .verified : .checked,
      detail: "\(comparison.answer.rawValue): \(comparison.reasons.first ?? "")"
    )
    try await store.record(
      StoredVerification(
        at: time,
        author: document.author,
        answer: comparison.answer.rawValue,
        json: try CanonicalJSON.text(document)
      ),
      for: id,
      event: event,
      repair: isBack ? .failed(at: time) : isProven ? .proven(at: time) : .unchanged
    ) { incident in
      if isBack {
        try incident.become(.reopened)
      } else if isProven, incident.status != .verified {
        try incident.become(.verified)
      }
    }
  }

  /// Makes captures the evidence of a new round, and diagnoses it.
  private func takeUp(_ files: [EvidenceFile], for id: IncidentID, author: String) async throws {
    try await store.keep(rawCaptures(files), for: id, author: author)
    try await rediagnose(id)
  }

  /// Whether the later evidence is still diagnosed as the settled cause; nil when that tells
  /// nothing: the first evidence did not show the cause, or the later one does not say either way.
  private func causeCheck(
    _ cause: Cause?,
    _ before: Examination,
    _ later: [Verdict]
  ) -> FixCheck? {
    guard let cause, let old = try? diagnoser.diagnose(before).verdicts,
      let first = later.first,
      let earlier = old.first(where: { $0.cause == cause }), earlier.confidence >= 0.5
    else { return nil }
    let rest = later.first { $0.cause == cause }?.confidence ?? 0
    let check = { (outcome: FixCheck.Outcome, words: String) in
      FixCheck(
        .cause,
        cause.rawValue,
        unit: "probability",
        before: FixCheck.Measured(earlier.confidence),
        after: FixCheck.Measured(rest),
        outcome,
        words
      )
    }
    if rest >= 0.5 {
      return check(.fail, "the later evidence is diagnosed as \(cause.rawValue), too")
    }
    guard first.cause == .healthy, first.confidence >= 0.5 else { return nil }
    return check(
      .pass,
      "the later evidence is diagnosed as healthy, no longer as \(cause.rawValue)"
    )
  }
}

extension Cause {
  /// Whether its memory grows for as long as the process works.
  ///
  /// The others take what they take at once, hold what they should give back, or end the process:
  /// a level series is what they look like.
  fileprivate var growsWithTime: Bool {
    switch self {
    case .mapNoShrink, .poolMisuse, .heapFragmentation, .mallocFragmentation: false
    default: [.goroutine, .heap, .native].contains(family)
    }
  }
}

extension FixComparison {
  /// Whether a symptom is there, and not only unproven to be gone.
  fileprivate var showsTrouble: Bool {
    isOfOneProgram
      && checks.contains { $0.isSymptom && ($0.outcome == .fail || $0.outcome == .worse) }
  }
}

extension [Evidence] {
  /// The evidence that shows the trouble: of the latest round that has any.
  ///
  /// Rounds are never mixed: between them lies a fix, and so another process.
  var ofTrouble: [Evidence] {
    let shown = filter { $0.role == .incident }
    let round = shown.map(\.round).max()
    return shown.filter { $0.round == round }
  }
}

extension EvidenceFile {
  /// The file as a verdict names it.
  var input: VerdictInput { VerdictInput(sha256: sha256, source: source) }
}
