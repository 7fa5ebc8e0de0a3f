import LeakModel

/// The series of a scrape or a query, each with its owner's others, in the order of the text.
struct OwnedSeries {
  /// What is told of one owner.
  struct Group {
    let owner: SeriesOwner
    /// Where its first series stands.
    let place: ParseError.Place
    /// Whether Go's own numbers are among them.
    fileprivate(set) var hasGo = false
    fileprivate(set) var samples: [Metric: [Sample]] = [:]

    /// How much of its limit is used at the end; 0 where no limit is told.
    fileprivate var share: Double {
      let used = [Metric.cgroupWorkingSet, .cgroupUsage, .vmRSS].lazy
        .compactMap { samples[$0]?.last?.value }.first
      guard let used, let limit = samples[.cgroupLimit]?.last?.value, limit > 0 else { return 0 }
      return used / limit
    }
  }

  /// How many owners that were left out a remark names.
  private static let mostNames = 8

  private var groups: [Group] = []
  private var indexes: [SeriesOwner: Int] = [:]

  /// Adds a series; of several of one name and owner the first counts.
  mutating func add(
    _ samples: [Sample],
    of metric: Metric,
    isGo: Bool,
    owner: SeriesOwner,
    at place: ParseError.Place
  ) {
    guard owner.scope != .machine, !samples.isEmpty else { return }
    let index = indexes[owner] ?? groups.count
    if index == groups.count {
      indexes[owner] = index
      groups.append(Group(owner: owner, place: place))
    }
    if isGo { groups[index].hasGo = true }
    if groups[index].samples[metric] == nil { groups[index].samples[metric] = samples }
  }

  /// The one owner's numbers to be read, and a remark that names the others.
  ///
  /// A pod as a whole counts only where no container is told. A process that exports Go's numbers
  /// comes before those that only their container tells about, then the one nearest to its limit,
  /// then the first. Numbers without labels are of the only owner where they do not contradict it;
  /// beside several owners they are the exporter's own.
  func chosen() -> (samples: [Metric: [Sample]], remark: ParseError?) {
    let ones = groups.filter { $0.owner.scope == .one }
    let told = ones.isEmpty ? groups : ones
    var named = told.filter { $0.owner != .unnamed }
    let unnamed = told.first { $0.owner == .unnamed }
    if named.count == 1, let unnamed {
      guard named[0].samples.keys.allSatisfy({ unnamed.samples[$0] == nil }) else {
        return pick(of: told)
      }
      named[0].samples.merge(unnamed.samples) { own, _ in own }
      return pick(of: named)
    }
    return pick(of: named.isEmpty ? told : named)
  }

  private func pick(of candidates: [Group]) -> (samples: [Metric: [Sample]], remark: ParseError?) {
    let processes = candidates.filter(\.hasGo)
    var best: Group?
    for group in processes.isEmpty ? candidates : processes
    where best.map({ group.share > $0.share }) ?? true {
      best = group
    }
    guard let best else { return ([:], nil) }
    let others = candidates.filter { $0.owner != best.owner }
    return (best.samples, Self.remark(best, others))
  }

  private static func remark(_ best: Group, _ others: [Group]) -> ParseError? {
    guard let first = others.first else { return nil }
    var names = others.prefix(mostNames).map { name($0) }.joined(separator: ", ")
    if others.count > mostNames { names += " and \(others.count - mostNames) more" }
    return ParseError(
      format: "prometheus",
      place: first.place,
      reason: "read \(name(best)), left out \(names)"
    )
  }

  private static func name(_ group: Group) -> String {
    group.owner == .unnamed ? "what has no labels" : group.owner.name
  }
}
