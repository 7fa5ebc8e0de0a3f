import GoFormats
import LeakAnalysis
import LeakModel

extension Misbelief {
  /// The beliefs that the evidence contradicts: three that cost the most time when a container is
  /// killed for its memory.
  ///
  /// Only where memory grows: on a healthy process none of them does harm.
  static func found(in facts: FactSet, _ evidence: EvidenceBundle) -> [Misbelief] {
    guard facts.word(.processRSSTrend) == SeriesShape.growing.rawValue else { return [] }
    return [
      collectingByHand(facts), loweringTheGoal(facts, evidence),
      trustingTheProfile(facts, evidence),
    ].compactMap(\.self)
  }

  /// `runtime.GC()` frees what nothing refers to, which the next cycle would have freed as well.
  private static func collectingByHand(_ facts: FactSet) -> Misbelief? {
    // A profile taken with ?gc=1 forces a cycle or two; a program that calls runtime.GC, many.
    guard let forced = facts[.gcForced], facts.number(.gcForced) ?? 0 >= 5 else { return nil }
    return Misbelief(
      belief: "calling runtime.GC() helps",
      correction:
        "\(forced.statement), and memory grows all the same: what is still referred to survives every cycle",
      from: forced.from
    )
  }

  /// GOGC of 50 is the lower bound of what serves; lower values are chosen to save memory.
  private static func loweringTheGoal(
    _ facts: FactSet,
    _ evidence: EvidenceBundle
  ) -> Misbelief? {
    guard let (percent, source) = evidence.goGC, percent <= 50 else { return nil }
    let cost = facts[.gcCPURecent].map { "; \($0.statement)" } ?? ""
    return Misbelief(
      belief: "a low GOGC saves memory",
      correction:
        "with GOGC at \(Int(percent)) memory grows all the same\(cost): GOGC bounds garbage, not what is kept",
      from: [source]
    )
  }

  /// Stacks, C memory, mappings, page cache and garbage are in no heap profile.
  private static func trustingTheProfile(
    _ facts: FactSet,
    _ evidence: EvidenceBundle
  ) -> Misbelief? {
    // Growth of less than 16 MiB may be the profile's own sampling: one sample for each 512 KiB.
    guard let heap = evidence.heapGrowth, heap.isDifference,
      let rss = facts[.processRSSGrowth], let growth = facts.number(.processRSSGrowth),
      growth >= 16 * 1_048_576, Double(heap.total) < growth / 10
    else { return nil }
    return Misbelief(
      belief: "a clean heap profile means safety",
      correction:
        "\(rss.statement), the heap in use by \(Bytes(max(0, heap.total))): stacks, C memory, mappings, page cache and garbage are in no heap profile",
      from: rss.from + heap.sources
    )
  }
}
