package import LeakModel

extension Headroom {
  /// Samples at the end whose middle is the present level: one outlier, or two, do not move it.
  private static let lastCount = 5

  /// Measures the distance of a series' end from a limit; nil without samples.
  ///
  /// - Parameters:
  ///   - samples: In the order of time.
  ///   - limit: Bytes.
  ///   - changes: Where its course changed; the pace is that since the last one.
  ///   - needsPace: Whether nothing else tells how fast it rises.
  package init?(
    _ samples: [Sample],
    limit: Double,
    changes: [ChangePoint],
    needsPace: Bool
  ) {
    guard !samples.isEmpty else { return nil }
    let course = Array(samples[(changes.last?.index ?? 0)...])
    let slope = needsPace ? SlopeEstimate(course, summary: .middle) : nil
    self.init(
      level: samples.suffix(Self.lastCount).map(\.value).median,
      limit: limit,
      pace: slope.flatMap { $0.low > 0 ? $0.perHour : nil }
    )
  }
}
