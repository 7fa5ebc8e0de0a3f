extension ChangeDetector {
  /// The onset that the newest bins of a resolution show, if any; learns their noise.
  mutating func examine(_ level: Int) -> OnsetTest? {
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

  private func isSmooth(_ span: Double, level: Int) -> Bool {
    swing.isSmooth(over: span, noise: noise[min(level, dayLevel)].calm)
  }

  private mutating func test(
    _ window: OnsetWindow,
    level: Int,
    width: Double,
    real: Int,
    longest: Int
  ) -> OnsetTest? {
    let basis = window.basis
    let prior = swing.prior(basis, width: width)
    let free = Degrees(repeating: .infinity)
    let shortest = level == 0 ? 2 : 4
    let floorVariance = quantum * quantum / 12
    let calm = noise[level].calm
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
        let doubt = max(variance, calm)
        guard let limits = window.bounds(prior, beside: rough, variance: doubt) else { continue }
        let first = window.onset(kind, length: length, variance: variance, prior: limits)
        guard first.strength.magnitude > limit else { continue }
        let memory = noise[level].memory(beside: window.noise(without: (kind, length)).memory)
        let local = WindowNoise(variance: variance, memory: memory).longRun
        let long = max(local, calm, floorVariance)
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

  /// Whether the last bins hold enough samples: the newest two, and a third of them all.
  private func isSeen(_ bins: ScaleBins, last length: Int) -> Bool {
    guard bins.isReal(at: bins.next - 1), bins.isReal(at: bins.next - 2) else { return false }
    return (bins.next - length..<bins.next).reduce(0) { $0 + (bins.isReal(at: $1) ? 3 : 0) }
      >= length
  }

  /// Whether an onset keeps half its size where single samples count for nothing.
  func isSteady(_ test: OnsetTest, level: Int) -> Bool {
    guard !noise[level].isFloorQuieter,
      let basis = bases.first(where: { $0.count == test.count })
    else { return true }
    let bins = pyramid.levels[level]
    let values = (bins.next - basis.count..<bins.next).map { bins.steady(at: $0) }
    let window = OnsetWindow(values, basis: basis, longest: test.length)
    let variance = test.gain / (test.strength * test.strength)
    let prior = swing.prior(basis, width: interval * Double(1 << level))
    let again = window.onset(test.kind, length: test.length, variance: variance, prior: prior)
    return again.size / test.size > 0.5
  }
}
