extension ChangeDetector {
  /// Where the change began: the best fit on bins up to eight times finer.
  ///
  /// nil while a single sample shows it: that may be a wild one.
  func locate(_ test: OnsetTest, level: Int) -> Finding? {
    let finer = max(0, level - 3)
    let factor = 1 << (level - finer)
    let bins = pyramid.levels[finer]
    let from = max(bins.first, bins.next - 72 * factor, (start ?? 0) >> finer)
    let isLow = noise[level].isFloorQuieter
    let values = (from..<bins.next).map { isLow ? bins.low(at: $0) : bins.mean(at: $0) }
    let reach = max(1, min(values.count / 2, test.length * factor * 5 / 2))
    let basis = ShapeBasis(count: values.count, longest: reach)
    let window = OnsetWindow(values, basis: basis, longest: reach)
    let prior = swing.prior(basis, width: interval * Double(1 << finer))
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
}
