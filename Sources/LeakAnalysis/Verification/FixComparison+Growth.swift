import LeakModel

/// A series whose growth is a symptom.
private struct GrowthMetric {
  let metric: Metric
  let name: String
  /// Changes up to this are noise, in the unit of the metric.
  let noise: Double
  let isBytes: Bool

  /// What grows in leaks of every family: memory as the kernel and as Go see it, goroutines,
  /// threads, descriptors.
  ///
  /// 4 MiB is a heap arena's worth of jitter in a resident set (a Go process maps memory in steps
  /// of this size on 64 bits, runtime/malloc.go); some tens of goroutines, and some threads and
  /// descriptors, come and go with connections.
  static let all = [
    GrowthMetric(
      metric: .vmRSS,
      name: "resident memory",
      noise: 4 * mebibyte,
      isBytes: true
    ),
    GrowthMetric(
      metric: .cgroupWorkingSet,
      name: "the container's working set",
      noise: 4 * mebibyte,
      isBytes: true
    ),
    GrowthMetric(
      metric: .heapAlloc,
      name: "the live heap",
      noise: 4 * mebibyte,
      isBytes: true
    ),
    GrowthMetric(
      metric: .numGoroutine,
      name: "goroutines",
      noise: 20,
      isBytes: false
    ),
    GrowthMetric(metric: .threads, name: "threads", noise: 8, isBytes: false),
    GrowthMetric(metric: .fds, name: "descriptors", noise: 16, isBytes: false),
  ]

  func text(_ value: Double) -> String {
    let number = isBytes ? Bytes(value).description : value.shortText
    return value > 0 ? "+" + number : number
  }

  func text(_ slope: SlopeEstimate) -> String {
    "\(text(slope.perHour))/h (95 %: \(text(slope.low)) to \(text(slope.high)))"
  }

  /// Whether the course of a series has come to rest: level, fallen again, or levelling off.
  ///
  /// Traffic that comes and goes makes the interval of a slope wide without any growth.
  func hasLevelled(_ run: SeriesRun) -> Bool {
    let outline = SeriesOutline(
      run.samples(of: metric),
      summary: metric == .heapAlloc ? .floor : .middle,
      noise: noise
    )
    return outline.map { [.flat, .receded, .saturating].contains($0.shape) } ?? false
  }

  /// What is said of a series that does not grow beyond noise: gone is only what may be nothing.
  func words(forQuiet slope: SlopeEstimate) -> String {
    slope.low <= 0
      ? "the growth is gone"
      : "what is left, \(text(slope.growth)) while it was watched, is within noise"
  }

  /// Whether a series moves up by more than noise: a tenth of its level, and the least amount.
  func isGrowth(_ slope: SlopeEstimate) -> Bool {
    slope.low > 0 && slope.growth > max(noise, 0.1 * slope.level)
  }
}

extension FixComparison {
  /// The part of the old growth that the upper end of the interval may leave when it is gone.
  ///
  /// Sampling noise keeps the interval of a level series from closing on zero; a fix
  /// that leaves a quarter leaves a leak, which the lower end then shows.
  private static let leftOver = 0.25

  /// Compares the growth of each series that grew before, or grows now.
  static func slopes(
    _ before: EvidenceBundle,
    _ after: EvidenceBundle,
    loadRatio: Double
  ) -> [FixCheck] {
    let first = before.series.map { SeriesRun($0.value) }
    let second = after.series.map { SeriesRun($0.value) }
    return GrowthMetric.all.compactMap { metric in
      let old = first?.slope(of: metric.metric)
      guard let old, metric.isGrowth(old) else {
        return second.flatMap { newGrowth(metric, old, $0) }
      }
      guard let second else { return unsampled(metric, old) }
      return slope(metric, old, second, loadRatio: loadRatio)
    }
  }

  private static func slope(
    _ metric: GrowthMetric,
    _ old: SlopeEstimate,
    _ run: SeriesRun,
    loadRatio: Double
  ) -> FixCheck? {
    guard let whole = run.slope(of: metric.metric) else {
      // What lives is a part of what is resident: that is compared by itself.
      return metric.metric == .heapAlloc ? nil : unsampled(metric, old)
    }
    let tolerance = leftOver * old.perHour
    let isQuiet = { (slope: SlopeEstimate) in
      slope.high <= tolerance && !metric.isGrowth(slope)
    }
    // A process that filled its caches and then stays level does not leak: its second half says so.
    let late = run.slope(of: metric.metric, leavingOut: 0.5)
    let new = isQuiet(whole) ? whole : late.flatMap { isQuiet($0) ? $0 : nil } ?? whole
    let part = new == whole ? "" : ", in its later half"
    let numbers = "\(metric.name): \(metric.text(old)) before, \(metric.text(new)) after\(part)"
    let isLevel = late.map { !metric.isGrowth($0) } ?? false && metric.hasLevelled(run)
    let (outcome, words): (FixCheck.Outcome, String) =
      if isQuiet(new) {
        (.pass, metric.words(forQuiet: new))
      } else if new.low > old.high * max(1, loadRatio) {
        (.worse, "it grows faster")
      } else if isLevel {
        (.pass, "it rises and falls, and does not grow in the end")
      } else if metric.isGrowth(new) {
        (.fail, "it still grows")
      } else {
        (.unclear, "the interval is too wide to tell; sample for longer")
      }
    return check(metric, old, new, outcome, "\(numbers): \(words)")
  }

  /// What is said of a slope that was measured before, and perhaps after.
  private static func check(
    _ metric: GrowthMetric,
    _ old: SlopeEstimate,
    _ new: SlopeEstimate?,
    _ outcome: FixCheck.Outcome,
    _ text: String
  ) -> FixCheck {
    FixCheck(
      .slope,
      metric.metric.rawValue,
      unit: metric.isBytes ? "bytes/h" : "1/h",
      before: old.measured,
      after: new?.measured,
      outcome,
      text
    )
  }

  private static func unsampled(_ metric: GrowthMetric, _ old: SlopeEstimate) -> FixCheck {
    check(
      metric,
      old,
      nil,
      .unclear,
      "\(metric.name): \(metric.text(old)) before; the later evidence holds too few samples of it"
    )
  }

  /// A series that was level and grows now, to the end.
  private static func newGrowth(
    _ metric: GrowthMetric,
    _ old: SlopeEstimate?,
    _ run: SeriesRun
  ) -> FixCheck? {
    guard let old, let new = run.slope(of: metric.metric), metric.isGrowth(new),
      new.low > old.high, let late = run.slope(of: metric.metric, leavingOut: 0.5), late.low > 0
    else { return nil }
    return check(
      metric,
      old,
      new,
      .fail,
      "\(metric.name): \(metric.text(old)) before, \(metric.text(new)) after: this grows now"
    )
  }
}

extension SlopeEstimate {
  fileprivate var measured: FixCheck.Measured {
    FixCheck.Measured(perHour, low: low, high: high)
  }
}
