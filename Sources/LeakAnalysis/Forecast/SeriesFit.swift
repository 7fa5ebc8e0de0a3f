/// All courses fitted to what is known of a series, with their weights.
///
/// The values of the last stretch and of the cycles before it that ended in restarts share their
/// growth; older stretches tell of the daily cycle only.
struct SeriesFit: Sendable {
  struct Candidate: Sendable {
    let model: GrowthModel
    let cycle: SeriesCycle
    let regression: GaussianRegression
    var weight: Double
  }

  private(set) var candidates: [Candidate] = []
  /// Every model with the logarithm of its weight, before the unlikely ones are dropped.
  private var logWeights: [(model: GrowthModel, weight: Double)] = []
  /// Raw values less the best fit, sorted; relative to the level where `isProportional`.
  private(set) var residuals: [Double] = []
  private(set) var isProportional: Bool
  /// Bytes: the origin of the fitted values.
  private let origin: Double
  /// The time at which shapes are 0, and the seconds after which they are 1.
  private let start: Double
  let span: Double
  private let levelCount: Int
  /// Long-run variance of a bin.
  private(set) var noise = 0.0

  /// - Parameters:
  ///   - stretches: The series between its changes, in the order of time.
  ///   - now: Seconds, in the series' own count.
  ///   - scale: Bytes that memory may move: the limit, or what was seen of the series.
  ///   - quantum: The smallest step between values, in bytes.
  ///   - isFloor: Whether the lows of the bins carry the course, as under a sawtooth.
  ///   - seesCycles: Whether what collections leave is taken where they are seen one by one.
  init?(
    _ stretches: [SeriesStretch],
    now: Double,
    scale: Double,
    quantum: Double,
    isFloor: Bool,
    seesCycles: Bool = false
  ) {
    guard let last = stretches.last else { return nil }
    var rows: [FitDesign.Row] = []
    var pooled = true
    var index = 0
    var longest = now - last.start
    let cycles = seesCycles ? HeapCycles(last.history.bins) : nil
    let isFloor = isFloor || cycles != nil
    // Seen one by one, cycles suffice; a stretch too short for several would show a climb between two.
    for stretch in stretches.reversed().prefix(cycles == nil ? 4 : 1) {
      var bins =
        isFloor && stretch.history.bins.count > 8 ? stretch.history.bins : stretch.history.all
      // A deploy takes minutes to settle; its first bins are neither the old course nor the new.
      let settled = bins.filter { $0.time >= stretch.start + 300 }
      if stretch.begunBy != nil, settled.count >= 8 { bins = settled }
      if bins.count >= (index == 0 ? 1 : 6) {
        let runs =
          cycles.flatMap { _ in HeapCycles(bins)?.runs } ?? bins.indices.map { bins[$0...$0] }
        rows += runs.compactMap { run in
          guard let lowest = run.first else { return nil }
          return FitDesign.Row(
            time: lowest.time,
            age: lowest.time - stretch.start,
            value: isFloor ? lowest.low : lowest.mean,
            raws: run.map(\.raw),
            stretch: index,
            isPooled: pooled
          )
        }
        if pooled, let end = bins.last { longest = max(longest, end.time - stretch.start) }
        index += 1
      }
      if stretch.begunBy != .restart { pooled = false }
    }
    guard rows.count >= 3, rows[0].stretch == 0, longest > 0 else { return nil }
    start = last.start
    span = longest
    origin = rows[0].value
    isProportional = isFloor
    var design = FitDesign(rows: rows, span: longest, scale: scale, origin: rows[0].value)
    levelCount = design.levelCount
    fit(&design, floor: max(quantum * quantum / 12, scale * scale * 1e-10))
    guard !candidates.isEmpty else { return nil }
  }

  private mutating func fit(_ design: inout FitDesign, floor: Double) {
    var models = GrowthModel.all
    noise = max(floor, HeapCycles.roughness(design.values))
    candidates = Self.weigh(models, &design, noise: noise)
    learnNoise(&design, floor: floor)
    for family in GrowthModel.searched {
      let best = candidates.filter { $0.model.family == family }.max { $0.weight < $1.weight }
      if let best, let found = search(best, &design) { models.append(found) }
    }
    candidates = Self.weigh(models, &design, noise: noise)
    learnNoise(&design, floor: floor)
    candidates = Self.weigh(models, &design, noise: noise)
    if let best = candidates.max(by: { $0.weight < $1.weight }) {
      let left = design.residuals(best.model.shapes, cycle: best.cycle, best.regression)
      isProportional = isProportional || Self.isSawtooth(design.rows, left)
      residuals = zip(design.rows, left).filter { $0.0.isPooled }.flatMap { row, rest in
        row.raws.map { raw in
          let deviation = raw - row.value + rest
          return isProportional ? deviation / max(1, row.value - rest) : deviation
        }
      }.sorted()
    }
    logWeights = candidates.map { ($0.model, $0.weight) }
    normalise()
  }

  /// Where growth began or quickened within the last stretch, if that explains it far better than any
  /// course without a bend.
  ///
  /// - Parameter evidence: By how many natural logarithms it must be likelier.
  /// - Returns: Its time, in the series' own seconds.
  func onset(evidence: Double) -> Double? {
    func isBent(_ model: GrowthModel) -> Bool { model.family == .bend || model.family == .start }
    guard let best = candidates.max(by: { $0.weight < $1.weight }), isBent(best.model),
      case .bend(let place)? = best.model.shapes.first(where: {
        if case .bend = $0 { true } else { false }
      })
    else { return nil }
    let shapes = best.model.shapes.count
    let first = best.regression.mean.count - shapes
    let bend = best.regression.mean[first + (best.model.family == .bend ? 1 : 0)]
    // A daily cycle of which less than a day was seen bends to anything.
    guard bend > 0, place > 0.25, best.cycle == .none || span >= 86_400 else { return nil }
    let others = logWeights.filter { !isBent($0.model) }.map(\.weight).max() ?? -.infinity
    let mine = logWeights.map(\.weight).max() ?? 0
    return mine - others > evidence ? start + place * span : nil
  }

  private static func weigh(
    _ models: [GrowthModel],
    _ design: inout FitDesign,
    noise: Double
  )
    -> [Candidate]
  {
    var result: [Candidate] = []
    for model in models {
      for cycle in SeriesCycle.allCases where cycle != .week || design.knowsWeek {
        guard let regression = design.solve(model.shapes, cycle: cycle, noise: noise)
        else { continue }
        let prior = Portable.log(
          model.prior * cycle.prior(knowsWeek: design.knowsWeek)
        )
        result.append(
          Candidate(
            model: model,
            cycle: cycle,
            regression: regression,
            weight: regression.logEvidence + prior
          )
        )
      }
    }
    return result
  }

  private mutating func learnNoise(_ design: inout FitDesign, floor: Double) {
    guard let best = candidates.max(by: { $0.weight < $1.weight }) else { return }
    let left = design.residuals(best.model.shapes, cycle: best.cycle, best.regression)
    noise = max(floor, Self.longRun(left, parameters: best.regression.mean.count))
  }

  /// Gauss–Newton: the course beside its own derivative tells how far its parameter is off.
  private func search(_ from: Candidate, _ design: inout FitDesign) -> GrowthModel? {
    guard let place = from.model.shapes.firstIndex(where: { $0.drift != nil }) else { return nil }
    var shapes = from.model.shapes
    for _ in 0..<4 {
      guard let drift = shapes[place].drift,
        let fit = design.solve(shapes + [drift], cycle: from.cycle, noise: noise)
      else { return nil }
      let first = fit.mean.count - shapes.count - 1
      let size = fit.mean[first + place]
      guard size.magnitude > 0 else { return nil }
      let step = fit.mean[fit.mean.count - 1] / size
      shapes[place] = shapes[place].moved(by: step)
      if step.magnitude < 0.003 { break }
    }
    guard let drift = shapes[place].drift else { return nil }
    return GrowthModel(
      family: from.model.family,
      shapes: shapes + [drift],
      prior: GrowthModel.searchedPrior(from.model.family)
    )
  }

  /// Whether raw values lie evenly between a floor and a ceiling well above it, as the heap between
  /// two collections: a uniform distribution has kurtosis 1.8, a normal one 3.
  private static func isSawtooth(_ rows: [FitDesign.Row], _ left: [Double]) -> Bool {
    let shares = zip(rows, left).filter { $0.0.isPooled }.flatMap { row, rest in
      row.raws.map { ($0 - row.value + rest) / max(1, row.value - rest) }
    }
    guard shares.count >= 60 else { return false }
    let mean = shares.reduce(0, +) / Double(shares.count)
    var second = 0.0
    var fourth = 0.0
    for share in shares {
      let square = (share - mean) * (share - mean)
      second += square
      fourth += square * square
    }
    second /= Double(shares.count)
    return second > 0.0016 && fourth / Double(shares.count) < 2.3 * second * second
  }

  /// Turns log weights into shares and drops what hardly counts.
  private mutating func normalise() {
    let top = candidates.map(\.weight).max() ?? 0
    for index in candidates.indices {
      candidates[index].weight = Portable.exp(candidates[index].weight - top)
    }
    candidates.sort { $0.weight > $1.weight }
    candidates = Array(candidates.prefix { $0.weight > 0.01 }.prefix(12))
    let total = candidates.reduce(0) { $0 + $1.weight }
    for index in candidates.indices { candidates[index].weight /= total }
  }

  /// The variance of residuals times the sum of their correlations over all lags.
  private static func longRun(_ residuals: [Double], parameters: Int) -> Double {
    let count = Double(residuals.count)
    let power = dot(residuals, residuals)
    guard power > 0 else { return 0 }
    let product = zip(residuals.dropFirst(), residuals).reduce(0) { $0 + $1.0 * $1.1 }
    let memory = min(0.9, max(0, product / power + 1 / count))
    return power / max(1, count - Double(parameters)) * (1 + memory) / (1 - memory)
  }

  /// The level of a course at a time from now on: mean and variance, in bytes.
  func level(_ candidate: Candidate, at time: Double) -> (mean: Double, variance: Double) {
    var weights = [Double](repeating: 0, count: levelCount)
    weights[0] = 1
    weights += candidate.cycle.columns(at: time)
    let age = (time - start) / span
    weights += candidate.model.shapes.map { $0.value(age) }
    let result = candidate.regression.predict(weights)
    return (result.mean + origin, result.variance)
  }

  /// Growth between two times, the day's cycle left out: mean and variance, in bytes.
  func growth(_ candidate: Candidate, from: Double, to: Double) -> (mean: Double, variance: Double)
  {
    let ages = ((from - start) / span, (to - start) / span)
    var weights = [Double](repeating: 0, count: levelCount + candidate.cycle.columnCount)
    weights += candidate.model.shapes.map { $0.value(ages.1) - $0.value(ages.0) }
    return candidate.regression.predict(weights)
  }
}
