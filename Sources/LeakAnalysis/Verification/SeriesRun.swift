package import LeakModel

/// The longest stretch of a series in which the process was not started anew.
///
/// A restart empties memory: a slope across one says nothing.
package struct SeriesRun: Sendable {
  /// The samples of the stretch, all metrics.
  private let series: SnapshotSeries
  private let range: Range<Int>

  package init(_ series: SnapshotSeries) {
    self.series = series
    var longest = 0..<series.count
    var starts = [0]
    // What counts from the start of a process only falls when there is a new one.
    for metric in [Metric.totalAlloc, .mallocs, .numGC] {
      guard let column = series.columns[metric] else { continue }
      var last = -Double.infinity
      for (index, value) in column.enumerated() where !value.isNaN {
        if value < last { starts.append(index) }
        last = value
      }
      break
    }
    if starts.count > 1 {
      let ends = starts.dropFirst() + [series.count]
      longest = zip(starts, ends).map { $0..<$1 }.max { $0.count < $1.count } ?? longest
    }
    self.range = longest
  }

  /// Seconds from the first sample of the stretch to the last.
  package var span: Double {
    range.isEmpty ? 0 : series.times[range.upperBound - 1] - series.times[range.lowerBound]
  }

  /// The samples of one metric without gaps.
  package func samples(of metric: Metric) -> [Sample] {
    guard let column = series.columns[metric] else { return [] }
    return range.compactMap { index in
      column[index].isNaN ? nil : Sample(time: series.times[index], value: column[index])
    }
  }

  /// The samples of one metric without start-up: every process grows while it warms up.
  ///
  /// The part of the stretch that is left out is 0 to 1.
  package func settledSamples(of metric: Metric, leavingOut share: Double = 0.1) -> [Sample] {
    guard let first = range.first else { return [] }
    let start = series.times[first] + span * share
    return samples(of: metric).filter { $0.time >= start }
  }

  /// The largest value of a metric; nil when it was not sampled.
  package func peak(_ metric: Metric) -> Double? {
    samples(of: metric).map(\.value).max()
  }

  /// How much a counter rose within the stretch, start-up left out, and in how many seconds.
  package func increase(of metric: Metric) -> (amount: Double, seconds: Double)? {
    let samples = settledSamples(of: metric)
    guard let first = samples.first, let last = samples.last, last.time > first.time else {
      return nil
    }
    return (max(0, last.value - first.value), last.time - first.time)
  }

  /// How much a counter rose per second; nil when it was not sampled twice.
  package func rate(of metric: Metric) -> Double? {
    increase(of: metric).map { $0.amount / $0.seconds }
  }

  /// The slope of a metric, start-up left out; nil when it was not sampled often enough.
  ///
  /// HeapAlloc is a sawtooth: only the floors between GC cycles tell what lives, so a window must
  /// hold two cycles. With fewer cycles than that it tells nothing that resident memory does not.
  ///
  /// - Parameters:
  ///   - metric: What is looked at.
  ///   - share: The part of the stretch that is left out at its beginning, 0 to 1.
  /// - Returns: The slope with its interval.
  package func slope(of metric: Metric, leavingOut share: Double = 0.1) -> SlopeEstimate? {
    let samples = settledSamples(of: metric, leavingOut: share)
    guard metric == .heapAlloc else { return SlopeEstimate(samples, summary: .middle) }
    guard let cycles = increase(of: .numGC)?.amount else { return nil }
    return SlopeEstimate(
      samples,
      summary: .floor,
      mostWindows: Int(min(1e6, cycles * (1 - share) / 2))
    )
  }
}
