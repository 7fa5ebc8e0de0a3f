/// Watches a series sample by sample for the onset of growth, steps and restarts.
///
/// At each resolution, whenever a bin is complete, the newest bins are tested for a ramp and a step
/// against everything that is no change: noise with memory, a slope that was there before, and the
/// curvature that a daily cycle may have.
struct ChangeDetector: Sendable {
  /// A change and the bins that show it.
  struct Finding {
    let kind: SeriesAlarm.Kind
    /// Index on the sampling grid.
    let change: Double
    /// Levels just before it and at last, in bytes.
    let before: Double
    let after: Double
  }

  /// Standard errors from which on an onset is told.
  ///
  /// A series has 10⁴ to 10⁵ windows that hang
  /// together; noise alone reaches 5 in them. The rest is room for noise that is not normal and whose
  /// memory is itself an estimate.
  static let rampStrength = 5.0
  static let stepStrength = 7.0

  private(set) var pyramid = ScalePyramid()
  var noise = [LevelNoise](repeating: LevelNoise(), count: ScalePyramid.levelCount)
  let bases: [ShapeBasis]
  let interval: Double
  private let isHeap: Bool
  private(set) var swing: DailySwing
  /// The smallest step between values, in bytes.
  var quantum = 0.0
  /// Windows begin here at the earliest, and no alarm comes before `quietUntil`.
  private(set) var start: Int?
  private var previous: Double?
  /// The level of a quarter of an hour.
  let dayLevel: Int
  /// The level of five minutes.
  private let settledLevel: Int
  private var routine = SeriesRoutine()
  private var quietUntil = 0

  /// When memory left the level that the newest sample has regained, on the sampling grid; mostly nil.
  var regained: Double? { routine.regained }

  /// - Parameters:
  ///   - interval: Seconds between samples.
  ///   - scale: Bytes that memory may move: the limit, or twice what is used.
  ///   - isHeap: Whether the series falls at each collection.
  init(interval: Double, scale: Double, isHeap: Bool) {
    self.interval = interval
    self.isHeap = isHeap
    swing = DailySwing(scale: scale)
    dayLevel = (0..<ScalePyramid.levelCount).first { interval * Double(1 << $0) >= 900 } ?? 0
    settledLevel = (0..<ScalePyramid.levelCount).first { interval * Double(1 << $0) >= 300 } ?? 0
    bases = [128, 72, 48, 32].map { ShapeBasis(count: $0, longest: Self.longest) }
  }

  /// Bins of the longest onset looked for.
  static let longest = 14

  /// Whether the floor carries the course, as under a GC sawtooth: so at most resolutions that know.
  var isSawtooth: Bool {
    let known = noise.filter { $0.calm > 0 }
    return 2 * known.filter(\.isFloorQuieter).count > known.count
  }

  /// Takes the value at an index of the sampling grid.
  ///
  /// - Parameters:
  ///   - index: Later than the last one.
  ///   - value: Bytes, or the series' own unit.
  ///   - known: Levels that are no news, for quantities other than memory; nil for memory.
  /// - Returns: A change that the value makes known.
  mutating func push(_ index: Int, value: Double, known: ClosedRange<Double>?) -> Finding? {
    if start == nil {
      start = index
      quietUntil = index + Int(1800 / interval)
    }
    if let previous, value != previous {
      let move = (value - previous).magnitude
      quantum = quantum == 0 ? move : min(quantum, move)
    }
    previous = value
    let completed = pyramid.push(index, value: value)
    if completed > dayLevel {
      swing.learn(
        from: pyramid.levels[dayLevel],
        width: interval * Double(1 << dayLevel),
        earliest: (start ?? 0) >> dayLevel
      )
    }
    let settled = pyramid.levels[settledLevel]
    routine.note(completed > settledLevel ? settled.mean(at: settled.next - 1) : nil)
    var best: (test: OnsetTest, level: Int)?
    for level in 0..<completed {
      guard let test = examine(level) else { continue }
      if index >= quietUntil,
        best == nil || test.strength.magnitude > (best?.test.strength ?? 0).magnitude
      {
        best = (test, level)
      }
    }
    guard let best, isSteady(best.test, level: best.level),
      let finding = locate(best.test, level: best.level),
      routine.isNews(
        finding,
        at: index,
        interval: interval,
        known: known,
        floor: isHeap ? recentFloor(before: finding.change) : nil
      )
    else { return nil }
    restart(at: index)
    return finding
  }

  /// The lowest value of the three hours before an index on the sampling grid.
  private func recentFloor(before index: Double) -> Double? {
    let bins = pyramid.levels[dayLevel]
    let end = min(bins.next, Int(index) >> dayLevel)
    return (max(bins.first, end - 12)..<max(bins.first, end)).map { bins.low(at: $0) }.min()
  }

  /// Begins anew after a change told at an index.
  mutating func restart(at index: Int) {
    start = index + 1
    quietUntil = index + Int(600 / interval)
  }
}
