package import LeakModel

extension SeriesReport {
  /// Analyses a series beside another that may explain it.
  ///
  /// Growth that goes when what follows the other series is taken away is load; growth that only shows
  /// then is a leak. Forecast and time to the limit stay those of memory as it is. Goroutines that grow
  /// are no load: memory that follows them leaks by them.
  package init(
    _ samples: [Sample],
    limit: Double? = nil,
    hasClock: Bool = true,
    beside companion: CompanionSeries
  ) {
    self.init(samples, limit: limit, hasClock: hasClock)
    guard !forecast.isEmpty else { return }
    let memory = Self.clean(samples)
    let other = Self.clean(companion.samples)
    guard let relation = CompanionRelation(memory, other) else {
      reason += "; it does not follow \(companion.name)"
      return
    }
    let rest = SeriesReport(relation.removed(from: memory), limit: limit, hasClock: hasClock)
    switch (verdict == .leak, rest.verdict == .leak) {
    case (true, true):
      reason += ", also beside what follows \(companion.name)"
    case (false, true):
      verdict = .leak
      reason = "growth shows once what follows \(companion.name) is taken away"
    case (true, false) where companion.countsGoroutines:
      reason += "; memory follows \(companion.name), which grows itself"
    case (true, false):
      verdict = .load
      reason = "the growth follows \(companion.name); without it none is left"
    case (false, false) where verdict == .unknown && rest.verdict != .unknown:
      verdict = .load
      reason = "memory follows \(companion.name); without it there is no growth"
    case (false, false):
      reason += "; memory follows \(companion.name)"
    }
  }
}
