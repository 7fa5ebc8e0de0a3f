package import LeakModel

/// How the number of goroutines went over a run: level, rising, in bursts, or stuck from some moment on.
package struct GoroutineCourse: Sendable {
  /// The first level after start-up, the last, the lowest and the highest count.
  package let start: Double
  package let end: Double
  package let low: Double
  package let peak: Double
  /// Whether it rises throughout: what levels off in the first half was a service filling up.
  package let rises: Bool
  /// Whether it multiplied within a short part of the run, or fell back after that.
  package let bursts: Bool
  /// Whether it was level at first and from some moment on rises evenly to the end.
  ///
  /// From then on goroutines come and none leaves; a burst rises ever slower, as its first are done.
  package let risesFromOnset: Bool
  package let outline: SeriesOutline

  /// Reads a series of counts; nil where it is too short for an outline.
  package init?(_ samples: [Sample]) {
    guard let outline = SeriesOutline(samples, summary: .middle, noise: 20),
      let first = samples.first?.time, let last = samples.last
    else { return nil }
    self.outline = outline
    start = outline.start
    end = last.value
    // Start-up has bursts of its own.
    let running = samples.filter { $0.time >= first + (last.time - first) / 10 }.map(\.value)
    let levels = outline.levels
    low = levels.min() ?? start
    let middle = levels[levels.count / 2 - 1]
    let isLateBurst = end > 4 * max(10, middle) && middle - start < 0.25 * (end - start)
    let highest = max(end, levels.max() ?? end)
    let hasReceded = Self.deepestFall(levels) > 300 && highest > 3 * max(10, low)
    // Too short for a level of its own: over within the window.
    let usual = running.median
    let spike = running.max() ?? end
    let isSpike = Self.deepestFall(running) > 300 && spike > 4 * max(10, usual)
    peak = max(highest, isSpike ? spike : 0)
    bursts = (isLateBurst || hasReceded || isSpike) && peak - low > 300
    rises = outline.risesThroughout && end > 1.15 * start + 10
    risesFromOnset = Self.risesFromOnset(samples, start: start)
  }

  /// The deepest fall from a level to a later one of less than half; 0 when there is none.
  private static func deepestFall(_ levels: [Double]) -> Double {
    var high = 0.0
    var deepest = 0.0
    for level in levels {
      high = max(high, level)
      if level < 0.5 * high { deepest = max(deepest, high - level) }
    }
    return deepest
  }

  /// Level for a quarter of the run at least, then a rise of which each third brings a fifth: five
  /// times as steep as before, or it was no onset.
  ///
  /// Twelve samples are the fewest whose thirds can be told from the noise of arrivals.
  private static func risesFromOnset(_ samples: [Sample], start: Double) -> Bool {
    guard let first = samples.first?.time, let last = samples.last else { return false }
    let gain = last.value - start
    guard gain >= 50, last.value > 3 * max(10, start),
      let onset = samples.lastIndex(where: { $0.value < start + 0.1 * gain })
    else { return false }
    let rise = samples[onset...]
    let (level, rising) = (samples[onset].time - first, last.time - samples[onset].time)
    let isSteeper = (samples[onset].value - samples[0].value) * rising < 0.2 * gain * level
    guard level > (level + rising) / 4, isSteeper, rise.count >= 12 else { return false }
    let third = rise.count / 3
    let marks = [
      samples[onset].value, samples[onset + third].value, samples[onset + 2 * third].value,
      last.value,
    ]
    return zip(marks.dropFirst(), marks).allSatisfy { $0 - $1 > 0.2 * gain }
  }
}
