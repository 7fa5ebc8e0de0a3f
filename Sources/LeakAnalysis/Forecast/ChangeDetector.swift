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

  private var pyramid = ScalePyramid()
  private var noise = [LevelNoise](repeating: LevelNoise(), count: ScalePyramid.levelCount)
  private let bases: [ShapeBasis]
  private let interval: Double
  /// Bytes that a daily cycle may move a series from its mean.
  private let cycleAmplitude: Double
  private var amplitude: Double
  /// The smallest step between values, in bytes.
  var quantum = 0.0
  /// Windows begin here at the earliest, and no alarm comes before `quietUntil`.
  private var start: Int?
  private var previous: Double?
  /// The level of a quarter of an hour.
  private let dayLevel: Int
  /// The level of five minutes.
  private let settledLevel: Int
  private var ground = FamiliarGround()
  /// When memory left the level that the newest sample has regained, on the sampling grid; mostly nil.
  private(set) var regained: Double?
  /// Indices of the restarts told, the newest three.
  private var restarts: [Int] = []
  private var quietUntil = 0

  /// - Parameters:
  ///   - interval: Seconds between samples.
  ///   - cycleAmplitude: Bytes.
  init(interval: Double, cycleAmplitude: Double) {
    self.interval = interval
    self.cycleAmplitude = cycleAmplitude
    amplitude = cycleAmplitude
    dayLevel = (0..<ScalePyramid.levelCount).first { interval * Double(1 << $0) >= 900 } ?? 0
    settledLevel = (0..<ScalePyramid.levelCount).first { interval * Double(1 << $0) >= 300 } ?? 0
    bases = [128, 72, 48, 32].map { ShapeBasis(count: $0, longest: Self.longest) }
  }

  private static let longest = 14

  /// Whether the floor carries the course, as under a GC sawtooth: so at most resolutions that know.
  var isSawtooth: Bool {
    let known = noise.filter { $0.calm > 0 }
    return 2 * known.filter(\.isFloorQuieter).count > known.count
  }

  /// Takes the value at an index of the sampling grid.
  mutating func push(_ index: Int, value: Double) -> Finding? {
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
    if completed > dayLevel { learnAmplitude(dayLevel) }
    regained = nil
    if completed > settledLevel {
      let bins = pyramid.levels[settledLevel]
      regained = ground.note(bins.mean(at: bins.next - 1))
    }
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
      isNews(finding, at: index, level: best.level)
    else { return nil }
    restart(at: index)
    return finding
  }

  /// Whether an onset keeps half its size where single samples count for nothing.
  private func isSteady(_ test: OnsetTest, level: Int) -> Bool {
    guard !noise[level].isFloorQuieter,
      let basis = bases.first(where: { $0.count == test.count })
    else { return true }
    let bins = pyramid.levels[level]
    let values = (bins.next - basis.count..<bins.next).map { bins.steady(at: $0) }
    let window = OnsetWindow(values, basis: basis, longest: test.length)
    let variance = test.gain / (test.strength * test.strength)
    let prior = self.prior(basis, width: interval * Double(1 << level))
    let again = window.onset(test.kind, length: test.length, variance: variance, prior: prior)
    return again.size / test.size > 0.5
  }

  /// Whether a change leads to where memory has not been before; remembers it if so.
  ///
  /// Falls that come three times in half a day are a cycle: a collector's, or a crash loop told already.
  private mutating func isNews(_ finding: Finding, at index: Int, level: Int) -> Bool {
    if finding.kind == .restart {
      let isCycle = restarts.count == 3 && Double(index - restarts[0]) * interval < 12 * 3600
      if isCycle { return false }
      restarts = restarts.suffix(2) + [index]
      ground.forgetHome()
      return true
    }
    guard !ground.holds(from: finding.before, to: finding.after) else { return false }
    regained = ground.note(finding.after) ?? regained
    ground.leave(finding.before, at: finding.change)
    return true
  }

  /// Begins anew after a change told at an index.
  mutating func restart(at index: Int) {
    start = index + 1
    quietUntil = index + Int(600 / interval)
  }

  private mutating func examine(_ level: Int) -> OnsetTest? {
    let bins = pyramid.levels[level]
    let width = interval * Double(1 << level)
    let earliest = max(bins.first, ((start ?? 0) + (1 << level) - 1) >> level)
    let available = bins.next - earliest
    guard
      let basis = bases.first(where: {
        $0.count <= available && isSmooth(Double($0.count) * width, level: level)
          && isCovered(bins, last: $0.count)
      })
    else { return nil }
    let from = bins.next - basis.count
    var isLow = noise[level].isFloorQuieter
    let longest = isSmooth(2 * Double(basis.count) * width, level: level + 1) ? 8 : Self.longest
    var values = (from..<bins.next).map { isLow ? bins.low(at: $0) : bins.mean(at: $0) }
    var window = OnsetWindow(values, basis: basis, longest: longest)
    if bins.next % 8 == 0 {
      let other = (from..<bins.next).map { isLow ? bins.mean(at: $0) : bins.low(at: $0) }
      let mine = window.noise()
      let others = OnsetWindow(other, basis: basis, longest: longest).noise()
      noise[level].note(mean: isLow ? others : mine, floor: isLow ? mine : others)
      if noise[level].isFloorQuieter != isLow {
        isLow.toggle()
        values = other
        window = OnsetWindow(values, basis: basis, longest: longest)
      }
    }
    let real = (from..<bins.next).reduce(0) { $0 + (bins.isReal(at: $1) ? 1 : 0) }
    return test(window, level: level, width: width, real: real, longest: longest)
  }

  /// Whether three quarters of the last bins hold samples: what bridges a hole hangs on single samples at
  /// its ends, and is no measurement.
  private func isCovered(_ bins: ScaleBins, last count: Int) -> Bool {
    (bins.next - count..<bins.next).count(where: { bins.isReal(at: $0) }) * 4 >= count * 3
  }

  /// Whether a quartic follows a daily cycle over this many seconds to within the noise.
  private func isSmooth(_ span: Double, level: Int) -> Bool {
    guard span > 12 * 3600 else { return true }
    guard span <= 36 * 3600 else { return false }
    let half = Double.pi / 86400 * span
    let rest = amplitude * half * half * half * half * half / 120 / 8
    return rest < 0.25 * noise[min(level, dayLevel)].calm.squareRoot()
  }

  private mutating func test(
    _ window: OnsetWindow,
    level: Int,
    width: Double,
    real: Int,
    longest: Int
  ) -> OnsetTest? {
    let basis = window.basis
    let prior = self.prior(basis, width: width)
    let free = [Double?](repeating: nil, count: ShapeBasis.degreeCount)
    let shortest = level == 0 ? 2 : 4
    let floorVariance = quantum * quantum / 12
    var best: OnsetTest?
    let bins = pyramid.levels[level]
    for length in shortest...longest {
      guard isSeen(bins, last: length) else { continue }
      for kind in [OnsetTest.Kind.ramp, .step] {
        if kind == .step, length < 3 { continue }
        let rough = window.onset(kind, length: length, variance: 1, prior: free)
        let left = max(0, window.smoothResidual - rough.gain) / Double(max(8, real - 5))
        let variance = max(left, 1e-6)
        let limit = kind == .ramp ? Self.rampStrength : Self.stepStrength
        // A course that bends more than a day's cycle bends by itself: what it shows is its bound.
        let doubt = max(variance, noise[level].calm)
        guard let limits = window.bounds(prior, beside: rough, variance: doubt) else { continue }
        let first = window.onset(kind, length: length, variance: variance, prior: limits)
        guard first.strength.magnitude > limit else { continue }
        let memory = noise[level].memory(beside: window.noise(without: (kind, length)).memory)
        let local = WindowNoise(variance: variance, memory: memory).longRun
        let long = max(local, noise[level].calm, floorVariance)
        let second = window.onset(kind, length: length, variance: long, prior: limits)
        guard second.strength.magnitude > limit else { continue }
        let rise = kind == .ramp ? second.size * Double(length) : second.size
        guard rise.magnitude > 1.5 * quantum, window.move(over: length).magnitude > 1.5 * quantum
        else { continue }
        if kind == .ramp, second.size < 0 { continue }
        if kind == .step, rise.magnitude < 1.5 * noise[level].greatestStep { continue }
        if second.gain > best?.gain ?? 0 { best = second }
      }
    }
    if best == nil {
      let ordinary = window.onset(.step, length: 4, variance: 1, prior: free)
      noise[level].noteStep(ordinary.size.magnitude)
    }
    return best
  }

  /// The derivatives of a daily cycle as variances of the window's parabola, cubic and quartic.
  ///
  /// Its second harmonic, half as long and a quarter as high, doubles the fourth.
  private func prior(_ basis: ShapeBasis, width: Double) -> [Double?] {
    let half = 2 * Double.pi / 86400 * width * Double(basis.count) / 2
    let bend = amplitude * half * half / 2 * basis.scale[2]
    let twist = amplitude * half * half * half / 6 * basis.scale[3]
    let turn = 2 * amplitude * half * half * half * half / 24 * basis.scale[4]
    return [nil, nil, bend * bend, twist * twist, turn * turn]
  }

  /// Whether the last bins hold enough samples: the newest two, and a third of them all.
  private func isSeen(_ bins: ScaleBins, last length: Int) -> Bool {
    guard bins.isReal(at: bins.next - 1), bins.isReal(at: bins.next - 2) else { return false }
    return (bins.next - length..<bins.next).reduce(0) { $0 + (bins.isReal(at: $1) ? 3 : 0) }
      >= length
  }

  /// Where the change began: the best fit on bins up to eight times finer.
  ///
  /// nil while a single sample shows it: that may be a wild one.
  private func locate(_ test: OnsetTest, level: Int) -> Finding? {
    let finer = max(0, level - 3)
    let factor = 1 << (level - finer)
    let bins = pyramid.levels[finer]
    let from = max(bins.first, bins.next - 72 * factor, (start ?? 0) >> finer)
    let isLow = noise[level].isFloorQuieter
    let values = (from..<bins.next).map { isLow ? bins.low(at: $0) : bins.mean(at: $0) }
    let reach = max(1, min(values.count / 2, test.length * factor * 5 / 2))
    let basis = ShapeBasis(count: values.count, longest: reach)
    let window = OnsetWindow(values, basis: basis, longest: reach)
    let prior = self.prior(basis, width: interval * Double(1 << finer))
    let noise = window.noise(without: (test.kind, min(reach, test.length * factor)))
    let tests = (1...reach).map {
      window.onset(
        test.kind,
        length: $0,
        variance: noise.longRun,
        prior: prior
      )
    }
    let best = tests.max { $0.gain < $1.gain } ?? test
    guard finer > 0 || best.length > 1 else { return nil }
    let change = Double((bins.next - best.length) << finer)
    let kind: SeriesAlarm.Kind
    switch test.kind {
    case .ramp: kind = .growth
    case .step:
      let before = values.first ?? 0
      kind = best.size < -0.25 * before.magnitude ? .restart : .step
    }
    let last = values.count - best.length
    return Finding(
      kind: kind,
      change: change,
      before: values[max(0, last - factor)..<last].reduce(0, +) / Double(min(last, factor)),
      after: values.suffix(factor).reduce(0, +) / Double(factor)
    )
  }

  /// Learns from the last day how far a daily cycle moves this series, if at all.
  ///
  /// What the level did beside a straight line bounds the amplitude. A sine seen over a part of its
  /// cycle keeps, at worst over the phases, `kept` of its amplitude beside the best line.
  private mutating func learnAmplitude(_ level: Int) {
    let bins = pyramid.levels[level]
    let width = interval * Double(1 << level)
    let to = bins.next - Int(3 * 3600 / width)
    let from = max(bins.first, to - Int(30 * 3600 / width), (start ?? 0) >> level)
    let cycles = Double(to - from) * width / 86400
    amplitude = cycleAmplitude
    guard cycles > 0.4 else { return }
    let values = (from..<to).map { bins.mean(at: $0) }
    let residual = LineFit(values).residual
    let table = [(0.4, 0.05), (0.5, 0.085), (0.75, 0.24), (1.0, 0.44)]
    let kept = table.last { $0.0 <= cycles }?.1 ?? 0.05
    amplitude = min(cycleAmplitude, 1.4 * residual / kept)
  }
}
