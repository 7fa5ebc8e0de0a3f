import GoFormats
import LeakAnalysis
import LeakModel
import LeakRules

/// Turns judged playbooks into ranked verdicts with probabilities and reasons.
struct VerdictMaker {
  let rulebook: Rulebook
  let facts: FactSet
  let evidence: EvidenceBundle

  /// The log-odds at which a cause is as likely as "something that no playbook describes".
  private static let unknownScore = 0.0
  /// How much sharper than the sum of hand-made weights the probabilities are.
  ///
  /// Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", 2017): the
  /// likelihood of 99 known cases, and of 137 of other programs, is highest at about 2; taken half
  /// way back to 1, as they are few.
  /// Scripts/calibrate.py reproduces it. Where one kind of capture is all there is, and a machine
  /// took it, the others might speak against every cause: 1, so that nothing is claimed with it.
  private var sharpness: Double { evidence.kindCount > 1 || evidence.isPicked ? 1.5 : 1 }
  /// Verdicts below this probability are left out.
  private static let leastConfidence = 0.02

  /// One to five verdicts, the most probable first.
  ///
  /// The scores are log-odds; causes exclude one another, so their probabilities are shares of
  /// `exp(score)` (softmax), with a share for "unknown".
  func verdicts(from evaluations: [Evaluation]) -> [Verdict] {
    let matches = evaluations.filter(\.isMatch)
    let highest = max(Self.unknownScore, matches.first?.score ?? 0)
    let mass = { (score: Double) in Portable.exp(sharpness * (score - highest)) }
    let total = matches.reduce(mass(Self.unknownScore)) { $0 + mass($1.score) }
    var verdicts = matches.map { match in
      verdict(for: match, confidence: mass(match.score) / total)
    }
    let unknown = mass(Self.unknownScore) / total
    if verdicts.first.map({ $0.confidence < unknown }) ?? true {
      verdicts.insert(
        Verdict(
          cause: .unknown,
          confidence: rounded(unknown),
          title: "The evidence does not single out a cause",
          culprit: CulpritFinder(evidence: evidence).place(facts),
          reasonsFor: known
        ),
        at: 0
      )
    }
    return Array(verdicts.prefix(1))
      + verdicts.dropFirst().filter { $0.confidence >= Self.leastConfidence }.prefix(4)
  }

  /// What is worth telling while no cause is known, in this order: how it ended, what grows, where
  /// the memory is.
  private static let telling: [(fact: FactID, tells: @Sendable (FactValue) -> Bool)] = [
    (.nodeOOM, { $0 == .flag(true) }),
    (.containerOOMKilled, { $0 == .flag(true) }),
    (.containerEnd, { _ in true }),
    (.crashKind, { _ in true }),
    (.goroutineGrowth, { $0.isAtLeast(20) }),
    (.goroutineGrowingCount, { $0.isAtLeast(20) }),
    (.heapSiteGrowth, { $0.isAtLeast(2_097_152) }),
    (.heapTrend, { $0 == .word(SeriesShape.growing.rawValue) }),
    (.processRSSTrend, { $0 == .word(SeriesShape.growing.rawValue) }),
    (.heapSiteShare, { $0.isAtLeast(0.3) }),
    (.containerUsageRatio, { $0.isAtLeast(0.9) }),
    (.containerProcessRatio, { _ in true }),
    (.containerLimit, { _ in true }),
  ]

  private var known: [Reason] {
    var reasons: [Reason] = []
    var seen = Set<FactID>()
    for (id, tells) in Self.telling {
      guard let fact = facts[id], tells(fact.value) else { continue }
      append([id], 0, to: &reasons, &seen)
    }
    return reasons
  }

  private func verdict(for match: Evaluation, confidence: Double) -> Verdict {
    let playbook = rulebook.playbook(for: match.cause)
    let reasons = reasons(of: match)
    let tools = Set(reasons.for.flatMap(\.from).compactMap { tool(of: $0) })
    return Verdict(
      cause: match.cause,
      confidence: rounded(confidence),
      title: playbook?.title ?? "",
      culprit: playbook.flatMap { CulpritFinder(evidence: evidence).culprit(at: $0.culprit) },
      reasonsFor: reasons.for,
      reasonsAgainst: reasons.against,
      unknown: reasons.unknown,
      agree: tools.sorted(),
      playbook: match.cause.rawValue
    )
  }

  /// The facts for, against and unmeasured; each fact once: what must hold, then the weightiest.
  private func reasons(
    of match: Evaluation
  ) -> (for: [Reason], against: [Reason], unknown: [Reason]) {
    var speaking: [Reason] = []
    var against: [Reason] = []
    var unknown: [Reason] = []
    var seen = Set<FactID>()
    let clues = match.contributions.sorted { $0.weight.magnitude > $1.weight.magnitude }
    // What must hold comes first: it says what is there. The clues after it say why this cause.
    for required in match.requires where required.truth == .yes {
      let weight = clues.first { $0.weight > 0 && $0.condition.facts == required.condition.facts }
      append(required.condition.deciding(in: facts), weight?.weight ?? 0, to: &speaking, &seen)
    }
    for clue in clues where clue.weight > 0 {
      append(clue.condition.deciding(in: facts), clue.weight, to: &speaking, &seen)
    }
    for clue in clues where clue.weight < 0 {
      append(clue.condition.deciding(in: facts), clue.weight, to: &against, &seen)
    }
    for clue in clues where clue.truth == .unknown {
      for id in clue.condition.facts
      where !id.definition.isIncidental && seen.insert(id).inserted {
        unknown.append(
          Reason(
            fact: id.rawValue,
            value: nil,
            unit: nil,
            statement: "not captured: \(id.definition.meaning)",
            from: [],
            weight: 0
          )
        )
      }
    }
    return (speaking, against, unknown)
  }

  private func append(
    _ ids: [FactID],
    _ weight: Double,
    to reasons: inout [Reason],
    _ seen: inout Set<FactID>
  ) {
    for id in ids {
      guard let fact = facts[id], seen.insert(id).inserted else { continue }
      var unit: String?
      if case .number(let number) = id.definition.type { unit = number.rawValue }
      reasons.append(
        Reason(
          fact: id.rawValue,
          value: fact.value.rounded,
          unit: unit,
          statement: fact.statement,
          from: fact.from,
          weight: weight
        )
      )
    }
  }

  /// The kind of tool that made a capture: agreement of several makes a verdict stronger.
  private func tool(of source: String) -> String? {
    if evidence.heaps.contains(where: { $0.source == source }) { return "profile" }
    if evidence.censuses.contains(where: { $0.source == source }) { return "goroutines" }
    if evidence.series?.source == source { return "samples" }
    if evidence.gcTrace?.source == source { return "gctrace" }
    if evidence.crash?.source == source || evidence.kills?.source == source { return "log" }
    return "system"
  }

  private func rounded(_ confidence: Double) -> Double { (confidence * 1_000).rounded() / 1_000 }
}

extension FactValue {
  fileprivate func isAtLeast(_ least: Double) -> Bool {
    if case .number(let number) = self { number >= least } else { false }
  }

  /// The value with at most four decimals, so that a report does not pretend to more.
  var rounded: FactValue {
    guard case .number(let number) = self, number.magnitude < 1e11 else { return self }
    return .number((number * 10_000).rounded() / 10_000)
  }
}
