import LeakAnalysis
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

extension Casebook {
  /// Keeps what an incident is compared by, from its evidence and its words.
  ///
  /// Examination and diagnosis are of all its evidence; nil while none is recognised.
  func keepFeatures(
    of incident: Incident,
    _ examination: Examination?,
    _ diagnosis: Diagnosis?
  ) async throws -> IncidentFeatures {
    var features = IncidentFeatures()
    if let examination, let diagnosis {
      features = await self.features(of: examination, diagnosis)
    }
    features.hints = await hintedCauses(of: incident.told)
    try await store.setLikeness(
      Likeness(
        version: IncidentFeatures.version,
        features: features.text,
        traits: Set(features.traits.map(\.text))
      ),
      of: incident.id
    )
    return features
  }

  /// The features of evidence that is not stored.
  ///
  /// - Throws: `Diagnoser.NothingRecognised` when no file is a capture.
  func features(of examination: Examination) async throws -> IncidentFeatures {
    await features(of: examination, try diagnoser.diagnose(examination))
  }

  private func features(
    of examination: Examination,
    _ diagnosis: Diagnosis
  ) async -> IncidentFeatures {
    let evaluations = diagnoser.rulebook.evaluate(examination.facts)
    let holding = evaluations.flatMap { evaluation in
      evaluation.requires.filter { $0.truth == .yes }.map(\.condition.text)
        + evaluation.contributions.filter { $0.weight > 0 }.map(\.condition.text)
    }
    var features = IncidentFeatures(
      evidence: examination.bundle,
      symptoms: holding,
      causes: Self.causes(by: evaluations)
    )
    features.names = await hintedCauses(of: features.namesOnStacks)
    return features
  }

  /// The causes with their probabilities, where the evidence does not rule them out.
  ///
  /// A diagnosis names what the evidence shows; a look for the like goes on hunches too: a cause
  /// that only lacks a capture counts for as much as if the capture had spoken against it.
  private static func causes(by evaluations: [Evaluation]) -> [Cause: Double] {
    var scores: [Cause: Double] = [:]
    for evaluation in evaluations {
      switch evaluation.verdict {
      case .match: scores[evaluation.cause] = evaluation.score
      case .unknown: scores[evaluation.cause] = evaluation.score - lackingCapture
      case .noMatch: continue
      }
    }
    let highest = max(0, scores.values.max() ?? 0)
    // "Something that no playbook describes" has the log-odds 0, as in a diagnosis.
    let total = scores.values.reduce(Portable.exp(-highest)) { $0 + Portable.exp($1 - highest) }
    return scores.mapValues { Portable.exp($0 - highest) / total }.filter { $0.value >= 0.02 }
  }

  /// The log-odds that a cause loses when a capture it needs is not there.
  private static let lackingCapture = 1.5

  /// The features kept with incidents; those of another version of the normaliser are left out.
  func features(
    of ids: some Sequence<IncidentID>
  ) async throws -> [IncidentID: IncidentFeatures] {
    try await store.likenesses(of: ids)
      .filter { $0.value.version == IncidentFeatures.version }
      .mapValues { IncidentFeatures(text: $0.features) }
  }
}
