package import LeakModel

/// How fast a series changes, with the interval that holds the true slope 95 times of 100.
package struct SlopeEstimate: Sendable, Equatable {
  /// The change per hour, in the unit of the series.
  package let perHour: Double
  /// The ends of the interval, in the same unit.
  package let low: Double
  package let high: Double
  /// The change over the time looked at, in the unit of the series.
  package let growth: Double
  /// The middle level, in the unit of the series.
  package let level: Double

  /// Windows beyond this many add nothing: neighbours tell the same.
  package static let mostWindows = 60
  /// Below this many Kendall's statistic cannot reach the 5 % level with any room for noise.
  private static let leastWindows = 6
  /// The two-sided 95 % point of the normal distribution.
  private static let deviations = 1.96

  /// Estimates the slope of a series; nil when it is too short to tell.
  ///
  /// The samples are summed up in windows of equal time, so that a sawtooth of the GC becomes its
  /// floor. The slope is the median of the slopes between all pairs of windows, and the interval is
  /// that of ranks (Sen 1968, JASA 63:1379), widened by the autocorrelation of what is left
  /// (Yue & Wang 2004, Water Resources Management 18:201): memory remembers, and windows that
  /// follow one another are not independent.
  ///
  /// - Parameters:
  ///   - samples: In the order of time, start-up left out.
  ///   - summary: How a window is summed up.
  ///   - mostWindows: The windows at most; a floor needs a GC cycle or two in each.
  package init?(
    _ samples: [Sample],
    summary: SeriesOutline.Summary,
    mostWindows: Int = Self.mostWindows
  ) {
    guard let first = samples.first, let last = samples.last, last.time > first.time else {
      return nil
    }
    let perWindow = summary == .floor ? 3 : 1
    let count = min(Self.mostWindows, mostWindows, samples.count / perWindow)
    guard count >= Self.leastWindows else { return nil }
    let windows = Self.windows(samples, count: count, summary)
    guard windows.count >= Self.leastWindows else { return nil }
    let slopes = Self.pairwise(windows)
    guard !slopes.isEmpty else { return nil }
    let slope = slopes.median
    let pairs = Double(slopes.count)
    let reach = Self.deviations * Self.deviation(of: windows, slope: slope)
    // Ranks of the interval's ends among the slopes, counted from 0.
    let lower = Int(((pairs - reach) / 2).rounded(.down)) - 1
    let upper = Int(((pairs + reach) / 2).rounded(.up))
    self.perHour = slope * 3_600
    self.low = slopes[max(0, lower)] * 3_600
    self.high = slopes[min(slopes.count - 1, upper)] * 3_600
    self.growth = slope * (last.time - first.time)
    self.level = windows.map(\.value).median
  }

  private static func windows(
    _ samples: [Sample],
    count: Int,
    _ summary: SeriesOutline.Summary
  ) -> [Sample] {
    guard let first = samples.first, let last = samples.last else { return [] }
    let width = (last.time - first.time) / Double(count)
    var windows = [[Sample]](repeating: [], count: count)
    for sample in samples {
      windows[min(count - 1, Int(clamping: (sample.time - first.time) / width))].append(sample)
    }
    return windows.compactMap { window in
      switch summary {
      case .floor: window.min { $0.value < $1.value }
      case .middle where window.isEmpty: nil
      // A window's own middle: samples do not come in step with windows.
      case .middle:
        Sample(time: window.map(\.time).median, value: window.map(\.value).median)
      }
    }
  }

  /// The slopes between all pairs, in ascending order.
  private static func pairwise(_ windows: [Sample]) -> [Double] {
    var slopes: [Double] = []
    slopes.reserveCapacity(windows.count * (windows.count - 1) / 2)
    for (index, one) in windows.enumerated() {
      for other in windows[(index + 1)...] {
        slopes.append((other.value - one.value) / (other.time - one.time))
      }
    }
    return slopes.sorted()
  }

  /// The standard deviation of Kendall's statistic for windows that remember one another.
  private static func deviation(of windows: [Sample], slope: Double) -> Double {
    let count = Double(windows.count)
    let independent = count * (count - 1) * (2 * count + 5) / 18
    let levels = windows.map { $0.value - slope * $0.time }
    let middle = levels.median
    let rest = levels.map { $0 - middle }
    let power = rest.reduce(0) { $0 + $1 * $1 }
    guard power > 0 else { return independent.squareRoot() }
    let product = zip(rest, rest.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    // Windows that alternate would narrow the interval: that is never believed.
    let memory = min(0.9, max(0, product / power))
    return (independent * (1 + memory) / (1 - memory)).squareRoot()
  }
}
