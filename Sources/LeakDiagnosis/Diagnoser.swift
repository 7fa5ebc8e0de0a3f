import GoFormats
import LeakAnalysis
package import LeakModel
package import LeakRules

/// Names the cause: evidence in, verdict out, with its reasons.
///
/// Pure and deterministic: the same evidence and the same rules give the same diagnosis.
package struct Diagnoser: Sendable {
  package let rulebook: Rulebook

  package init(rulebook: Rulebook) {
    self.rulebook = rulebook
  }

  /// Nothing among the files was recognised; carries why, file by file.
  package struct NothingRecognised: Error {
    package let ignored: [IgnoredFile]

    package init(ignored: [IgnoredFile]) {
      self.ignored = ignored
    }
  }

  /// Reads the files, measures the facts and judges them.
  ///
  /// - Parameters:
  ///   - files: Captures in any format; what is not recognised is listed in the answer.
  ///   - ignored: Files that could not be opened, for the same list.
  ///   - limit: The memory limit as the asker knows it, for the forecast.
  /// - Returns: The diagnosis, with one verdict at least.
  /// - Throws: `NothingRecognised` when no file is a capture.
  package func diagnose(
    _ files: [EvidenceFile],
    ignored: [IgnoredFile] = [],
    limit: Bytes? = nil
  ) throws -> Diagnosis {
    try diagnose(Examination(files, ignored: ignored), limit: limit)
  }

  /// Judges what was read already.
  ///
  /// - Parameters:
  ///   - examination: The files read and the facts measured on them.
  ///   - limit: The memory limit as the asker knows it; it counts before the evidence's own.
  ///   - serviceLimit: What is recorded of the service; it counts after the evidence's own.
  /// - Returns: The diagnosis, with one verdict at least.
  /// - Throws: `NothingRecognised` when no file is a capture.
  package func diagnose(
    _ examination: Examination,
    limit: Bytes? = nil,
    serviceLimit: Bytes? = nil
  ) throws -> Diagnosis {
    guard !examination.read.isEmpty else {
      throw NothingRecognised(ignored: examination.ignored)
    }
    let facts = examination.facts
    let evaluations = rulebook.evaluate(facts)
    let bundle = examination.bundle
    let judged = VerdictMaker(rulebook: rulebook, facts: facts, evidence: bundle)
      .verdicts(from: evaluations)
    let verdicts = SecondLook(rulebook: rulebook, facts: facts, evidence: bundle)
      .verdicts(after: judged)
    let playbook = verdicts.first.flatMap { rulebook.playbook(for: $0.cause) }
    return Diagnosis(
      evidence: examination.read,
      ignored: examination.ignored,
      verdicts: verdicts,
      next: NextCapture.suggestions(
        evaluations: evaluations,
        verdicts: verdicts,
        rulebook: rulebook,
        facts: facts,
        evidence: bundle
      ),
      misbeliefs: Misbelief.found(in: facts, bundle),
      severity: Urgency.severity(of: playbook, facts: facts),
      quadrant: playbook?.quadrant,
      breakdown: MemoryBreakdown(bundle),
      forecast: Self.forecast(bundle, limit: limit, serviceLimit: serviceLimit),
      rules: rulebook.hash
    )
  }
}

extension Diagnoser {
  /// The future of the process' memory; nil where no series is long enough to tell.
  ///
  /// The limit counts in this order: as asked for, the cgroup's, GOMEMLIMIT, the service's record.
  private static func forecast(
    _ evidence: EvidenceBundle,
    limit: Bytes?,
    serviceLimit: Bytes?
  ) -> MemoryForecast? {
    guard let series = evidence.series else { return nil }
    let goLimit = evidence.container?.value.goMemoryLimit.flatMap { Bytes($0) }
    let bytes =
      limit.map { Double($0.count) } ?? evidence.limit ?? goLimit.map { Double($0.count) }
      ?? serviceLimit.map { Double($0.count) }
    let forecast = MemoryForecast(source: series.source, series: series.value, limit: bytes)
    return forecast?.verdict == SeriesVerdict.unknown.rawValue ? nil : forecast
  }
}

/// How soon somebody must act.
enum Urgency {
  /// The playbook's severity, raised by what the container went through.
  ///
  /// Above 95 % of the limit is P0 (a call, domain rule of the detection chain); a kill by the
  /// container's limit is at least P1; nothing wrong stays P3.
  static func severity(of playbook: Playbook?, facts: FactSet) -> Severity {
    var severity = playbook?.severity ?? .p2
    guard playbook?.id != .healthy, playbook?.id != .pageCache else { return severity }
    if facts.flag(.containerOOMKilled) == true { severity = max(severity, .p1) }
    let isGrowing = facts.word(.processRSSTrend) == SeriesShape.growing.rawValue
    if isGrowing, facts.number(.containerProcessRatio) ?? 0 > 0.95 { severity = max(severity, .p0) }
    return severity
  }
}
