package import LeakModel

/// The course of a series over its whole length.
package enum SeriesShape: String, Sendable, CaseIterable {
  /// Rises to the end.
  case growing
  /// Rose and levels off.
  case saturating
  /// One rise within a short time, level before and after.
  case stepped
  /// Was far higher and has come down.
  case receded
  /// Neither rises nor falls by more than noise.
  case flat

  /// The course in words, to be read after what was measured.
  var phrase: String {
    switch self {
    case .growing: "keeps rising"
    case .saturating: "rose and levels off"
    case .stepped: "rose once and stays"
    case .receded: "came down again"
    case .flat: "is level"
    }
  }
}

/// A series in ten windows of equal time, start-up left out: enough to tell its course.
package struct SeriesOutline: Sendable {
  /// How a window is summed up.
  package enum Summary: Sendable {
    /// The lowest value: the live heap under a GC sawtooth.
    case floor
    /// The middle value: resident memory, goroutines.
    case middle
  }

  /// One value a window, in the order of time; never empty.
  package let levels: [Double]
  /// Seconds from the middle of the first window to the middle of the last.
  package let span: Double
  package let shape: SeriesShape

  /// Outlines a series; nil with fewer than 10 samples or no time between them.
  ///
  /// The first tenth is left out: a process that starts always grows. A course is told from noise
  /// when it moves by more than a tenth of its level and by more than `noise`.
  package init?(_ samples: [Sample], summary: Summary, noise: Double) {
    guard samples.count >= 10, let first = samples.first, let last = samples.last,
      last.time > first.time
    else { return nil }
    let start = first.time + (last.time - first.time) / 10
    let width = (last.time - start) / 10
    var windows = [[Double]](repeating: [], count: 10)
    for sample in samples where sample.time >= start {
      windows[min(9, Int(clamping: (sample.time - start) / width))].append(sample.value)
    }
    let levels = windows.filter { !$0.isEmpty }.map { window in
      switch summary {
      case .floor: window.min() ?? 0
      case .middle: window.median
      }
    }
    guard levels.count >= 4 else { return nil }
    self.levels = levels
    self.span = width * 9
    self.shape = Self.shape(of: levels, noise: noise)
  }

  /// The first level and the last one that noise does not decide: medians of three windows' ends.
  package var start: Double { Array(levels.prefix(2)).median }
  package var end: Double { Array(levels.suffix(2)).median }
  package var growth: Double { end - start }

  /// Whether it rises to the end: the second half brings a seventh of the rise at least, where a
  /// straight line brings half and what fills up, next to nothing.
  package var risesThroughout: Bool {
    guard shape == .growing || shape == .saturating || shape == .stepped else { return false }
    return end - levels[levels.count / 2 - 1] > 0.15 * growth
  }

  /// Whether a small rise is one all the same: nearly every window lies above the one before.
  ///
  /// Of ten windows in any order at most one step down comes by chance once in 3 600 times (1 014 of
  /// 10! orders; the Eulerian numbers).
  private static func isSteady(_ levels: [Double], noise: Double) -> Bool {
    guard levels.count == 10, let first = levels.first, let last = levels.last else { return false }
    let falls = zip(levels, levels.dropFirst()).filter { $0 > $1 }.count
    return falls <= 1 && last - first > max(noise, 0.03 * last)
  }

  private static func shape(of levels: [Double], noise: Double) -> SeriesShape {
    let low = levels.min() ?? 0
    let high = levels.max() ?? 0
    guard high - low > max(noise, 0.1 * high) || isSteady(levels, noise: noise) else {
      return .flat
    }
    let start = Array(levels.prefix(2)).median
    let end = Array(levels.suffix(2)).median
    let rise = end - start
    let peakRise = high - min(start, low)
    if rise < 0.5 * peakRise {
      // It was twice as far up as it is now: whatever rose has come back.
      return levels.lastIndex(of: high).map { $0 < levels.count - 2 } ?? false ? .receded : .flat
    }
    let increments = zip(levels.dropFirst(), levels).map { $0 - $1 }
    let steepest = zip(increments, increments.dropFirst() + [0]).map { $0 + max(0, $1) }.max() ?? 0
    let rising = increments.filter { $0 > 0.02 * rise }.count
    // A step: two neighbouring windows hold four fifths of the rise and few others rise at all.
    if steepest > 0.8 * rise, rising <= 4 {
      let lateRise = end - levels[levels.count / 2]
      return lateRise > 0.5 * rise && (increments.last ?? 0) > 0.2 * rise ? .growing : .stepped
    }
    // Past its peak for the last third and below it: it does not grow any more.
    if end < 0.9 * high, let top = levels.lastIndex(of: high), top < levels.count - 3 {
      return .saturating
    }
    // A straight line gains a third of its rise in the last three steps; what levels off, little.
    let late = end - Array(levels.suffix(5).prefix(2)).median
    return late < 0.1 * rise ? .saturating : .growing
  }
}

extension Array where Element == Double {
  /// The middle value; the mean of the two middle ones for an even count; 0 when empty.
  package var median: Double {
    guard !isEmpty else { return 0 }
    let sorted = sorted()
    return count % 2 == 1
      ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
  }
}

/// The Theil–Sen slope: the median of the slopes between pairs of samples.
///
/// Unmoved by up to 29 % of wild samples (Sen 1968, JASA 63:1379). Pairs are taken half a series
/// apart, so that the cost is linear.
package func robustSlope(_ samples: [Sample]) -> Double? {
  guard samples.count >= 4 else { return nil }
  let half = samples.count / 2
  let slopes = (0..<samples.count - half).compactMap { index -> Double? in
    let span = samples[index + half].time - samples[index].time
    return span > 0 ? (samples[index + half].value - samples[index].value) / span : nil
  }
  return slopes.isEmpty ? nil : slopes.median
}

/// 1 MiB in bytes, for thresholds on series.
let mebibyte = 1_048_576.0
