import LeakAnalysis
import LeakModel
import LeakRules

/// Looks once more, at what the first cause leaves unexplained: two things may be wrong at once.
///
/// The rules judge the causes as if they excluded one another. So the facts that the first cause
/// accounts for are set aside, and the rules judge the rest: what they are sure of there stands
/// beside the first cause and not in its place.
struct SecondLook {
  let rulebook: Rulebook
  let facts: FactSet
  let evidence: EvidenceBundle

  /// The objects for each goroutine that may be what the goroutine holds.
  ///
  /// An input, a buffer or two, their headers; a collection that fills by itself gains more.
  private static let objectsHeld = 4.0
  /// How sure of each of the two the rules must be: below it they are rivals, not two.
  private static let leastConfidence = 0.8
  /// The part of what piled up that a second cause must account for: with less, mending the first
  /// alone makes the memory last five times as long.
  private static let leastShare = 0.2

  /// The verdicts with the second cause in the second place, where there is one.
  func verdicts(after verdicts: [Verdict]) -> [Verdict] {
    guard var first = verdicts.first, let rest = remainder(after: first) else { return verdicts }
    let others = VerdictMaker(rulebook: rulebook, facts: rest.facts, evidence: rest.evidence)
      .verdicts(from: rulebook.evaluate(rest.facts))
    guard var second = others.first, isApart(second, from: first),
      others.confidence(in: second.family) >= Self.leastConfidence,
      isMaterial(second, in: rest.facts), !isHeld(second, by: first, in: rest.evidence)
    else { return verdicts }
    // What is there as well takes nothing from the first cause's probability.
    let rivals = second.family == first.family ? 0 : verdicts.confidence(in: second.family)
    guard rivals < 1 else { return verdicts }
    guard verdicts.confidence(in: first.family) / (1 - rivals) >= Self.leastConfidence else {
      return verdicts
    }
    first.confidence = (first.confidence / (1 - rivals) * 1_000).rounded() / 1_000
    second.isAlso = true
    let rivalsOfFirst = verdicts.dropFirst().filter { $0.family != second.family }
    return [first, second] + rivalsOfFirst.prefix(3)
  }

  /// What the first cause does not account for; nil for causes that leave nothing to look at.
  private func remainder(after first: Verdict) -> (facts: FactSet, evidence: EvidenceBundle)? {
    switch first.family {
    case .goroutine:
      // What goroutines hold shows in every count of memory: only stacks tell theirs from others'.
      guard let culprit = first.culprit else { return nil }
      let rest = evidence.without(OwnFunctions(around: culprit.function, in: evidence))
      var left = FactSet(measuring: rest)
      // Clients and handles have C memory and threads of their own; other goroutines do not.
      if ![.clientPerRequest, .rowsUnclosed].contains(first.cause) {
        for fact in facts.all where fact.id.rawValue.hasPrefix("process.native") {
          left.insert(fact)
        }
      }
      return (left, rest)
    case .heap: return (facts.without(["heap.", "process.rss", "process.idle"]), evidence)
    case .churn: return (facts.without(["alloc.", "gc."]), evidence)
    case .native:
      let own = ["process.native", "process.malloc", "process.rss", "process.thread"]
      return (facts.without(own + ["process.stack", "process.file", "process.fd"]), evidence)
    case .runtime, .crash, .none: return nil
    }
  }

  /// Whether another place of the program is meant, and a cause that is no consequence of a leak.
  private func isApart(_ second: Verdict, from first: Verdict) -> Bool {
    let place = second.culprit?.function
    guard second.cause != first.cause, place == nil || place != first.culprit?.function else {
      return false
    }
    return switch second.family {
    case .goroutine: true
    case .heap, .churn, .native: second.family != first.family
    case .runtime: [.pageCache, .kernelMemory].contains(second.cause)
    case .crash, .none: false
    }
  }

  /// Whether objects that pile up beside goroutines are so few that the goroutines may hold them,
  /// though others made them.
  private func isHeld(_ second: Verdict, by first: Verdict, in rest: EvidenceBundle) -> Bool {
    guard first.family == .goroutine, second.family == .heap,
      let goroutines = evidence.goroutineGrowth?.total
    else { return false }
    let objects = rest.heapGrowth?.top?.objects ?? 0
    return Double(objects) < Self.objectsHeld * Double(goroutines)
  }

  private func isMaterial(_ second: Verdict, in rest: FactSet) -> Bool {
    func share(_ part: FactID, of whole: Double?) -> Bool {
      guard let part = rest.number(part), let whole, whole > 0 else { return false }
      return part >= whole * Self.leastShare
    }
    return switch second.family {
    case .heap: share(.heapSiteGrowth, of: evidence.heapGrowth.map { Double($0.total) })
    case .goroutine:
      share(.goroutineGrowingCount, of: evidence.goroutineGrowth.map { Double($0.total) })
    case .native: share(.processNativeGrowth, of: facts.number(.processRSSGrowth))
    case .churn, .runtime, .crash, .none: true
    }
  }
}

extension [Verdict] {
  /// The probability that the cause is of one family.
  fileprivate func confidence(in family: Cause.Family) -> Double {
    reduce(0) { $1.family == family ? $0 + $1.confidence : $0 }
  }
}
