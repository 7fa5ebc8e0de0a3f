import LeakAnalysis
import LeakModel

/// A candidate with what speaks for it.
struct ScoredIncident {
  let incident: Incident
  let grounds: LikenessGrounds
  /// The words that both stories tell it in, the rarest first.
  let words: [String]
  /// The probability of the same cause; in a list, less for each better incident of that cause.
  private(set) var score: Double

  init(incident: Incident, grounds: LikenessGrounds, words: [String] = []) {
    self.incident = incident
    self.grounds = grounds
    self.words = words
    self.score = LikenessScore.probability(grounds)
  }

  /// The same with what its story says; nil when nothing was asked in words.
  func told(_ story: (likeness: Double, words: [String])?) -> ScoredIncident {
    var grounds = grounds
    grounds.words = story?.likeness
    return ScoredIncident(incident: incident, grounds: grounds, words: story?.words ?? [])
  }

  /// What an incident loses for each better one of its cause: a second opinion says more than the
  /// same one again, unless the same code is on its stacks.
  private static let again = 0.5

  /// The best, descending by score; none when even the first is not like enough.
  static func best(of scored: [ScoredIncident], limit: Int) -> [ScoredIncident] {
    var rest = scored.filter { $0.score >= LikenessScore.leastFollowing }.sorted(by: isBetter)
    guard rest.contains(where: { $0.score >= LikenessScore.least }) else { return [] }
    var told: [Cause: Int] = [:]
    var best: [ScoredIncident] = []
    while best.count < limit, !rest.isEmpty {
      var next = rest.startIndex
      var value = -1.0
      for (index, entry) in rest.enumerated() {
        let repeated = entry.incident.cause.flatMap { told[$0] } ?? 0
        let own = entry.grounds.ownFrames ?? 0
        var worth = entry.score
        for _ in 0..<repeated { worth *= max(again, own) }
        if worth > value { (next, value) = (index, worth) }
        // The rest is worth its score at most, and scores descend.
        if index + 1 < rest.count, rest[index + 1].score <= value { break }
      }
      var entry = rest.remove(at: next)
      entry.score = min(value, best.last?.score ?? 1)
      if let cause = entry.incident.cause { told[cause, default: 0] += 1 }
      best.append(entry)
    }
    return best
  }

  /// The more alike first; of two that are equally so, the one whose fix is proven, then the newer.
  private static func isBetter(_ one: ScoredIncident, _ other: ScoredIncident) -> Bool {
    let (left, right) = ((one.score * 50).rounded(), (other.score * 50).rounded())
    if left != right { return left > right }
    if one.fixRank != other.fixRank { return one.fixRank < other.fixRank }
    if one.incident.openedAt != other.incident.openedAt {
      return one.incident.openedAt > other.incident.openedAt
    }
    return one.incident.id > other.incident.id
  }

  /// How much its fix is worth: verified, resolved, mitigated, open.
  private var fixRank: Int {
    switch incident.status {
    case .verified: 0
    case .resolved, .notALeak: 1
    case .mitigated: 2
    case .open, .reopened, .duplicate: 3
    }
  }

  /// Why it is alike: cause, frames, facts and words.
  ///
  /// - Parameters:
  ///   - shared: What both have, what says most first.
  ///   - cause: The cause a person settled, else that of the latest verdict.
  /// - Returns: The reasons, in that order.
  func reasons(_ shared: [IncidentTrait], cause: Cause?) -> [SharedTrait] {
    var own: [String] = []
    var library: [String] = []
    var symptoms: [String] = []
    for trait in shared {
      switch trait {
      case .ownFunction(let name): own.append(name)
      case .libraryFunction(let name): library.append(name)
      case .symptom(let condition): symptoms.append(condition)
      case .cause: continue
      }
    }
    var reasons: [SharedTrait] = []
    func add(_ kind: String, _ prefix: String, _ names: [String], _ count: Int) {
      guard !names.isEmpty else { return }
      let detail = prefix + names.prefix(count).joined(separator: ", ")
      reasons.append(SharedTrait(kind: kind, detail: detail))
    }
    if let cause, let agreement = grounds.cause, agreement >= 0.2 {
      reasons.append(SharedTrait(kind: "cause", detail: cause.rawValue))
    }
    if grounds.ownFrames ?? 0 > 0 { add("frames", "own code: ", own, 3) }
    if grounds.frames ?? 0 > 0 { add("frames", "", library, 3) }
    add("facts", "", symptoms, 3)
    // `oomkilled` says all that its parts `oom` and `killed` say.
    add(
      "words",
      "",
      words.filter { word in !words.contains { $0 != word && $0.contains(word) } },
      6
    )
    return reasons
  }
}
