package import LeakModel

/// What a series does.
package enum SeriesVerdict: String, Sendable, CaseIterable {
  case leak, load, saturating, step, stable, unknown
}

/// Everything there is to say of a whole series.
package struct SeriesReport: Sendable, Equatable {
  /// The distribution of a sample at one time to come.
  package struct Horizon: Sendable, Equatable {
    /// Seconds from the last sample.
    package let after: Double
    /// Bytes at 2.5, 10, 50, 90 and 97.5 %.
    package let quantiles: [Double]
  }

  /// 6, 24 and 72 hours.
  package static let horizons = [21_600.0, 86_400, 259_200]
  package static let levels = [0.025, 0.1, 0.5, 0.9, 0.975]

  package let sampleCount: Int
  /// Whether times are seconds; otherwise they count values.
  package let hasClock: Bool
  /// Samples passed over: not numbers, negative, or not newer than the one before.
  package let skippedCount: Int
  package let from: Double
  package let to: Double
  package internal(set) var verdict: SeriesVerdict
  /// Why, in a sentence.
  package internal(set) var reason: String
  /// Bytes an hour at the end, the day's cycle left out: 2.5, 50 and 97.5 %; nil when unknown.
  package let slope: [Double]?
  package let changes: [ChangePoint]
  package let limit: Double?
  /// The highest value seen, in bytes; 0 without samples.
  package let peak: Double
  /// How much of the limit is left; nil without a limit.
  package let headroom: Headroom?
  /// Seconds from the last sample: 10, 50 and 90 %; nil for never.
  package let timeToLimit: [Double?]
  package let forecast: [Horizon]

  /// Analyses a series.
  ///
  /// - Parameters:
  ///   - samples: In any order.
  ///   - limit: Bytes, nil for none.
  ///   - hasClock: Whether times are seconds; otherwise they only count.
  package init(_ samples: [Sample], limit: Double? = nil, hasClock: Bool = true) {
    let clean = Self.clean(samples)
    sampleCount = clean.count
    self.hasClock = hasClock
    skippedCount = samples.count - clean.count
    from = clean.first?.time ?? 0
    to = clean.last?.time ?? 0
    self.limit = limit
    peak = clean.map(\.value).max() ?? 0
    let interval = Self.interval(clean)
    // Without a clock, hours apart or all within two hours, there is no daily cycle to respect: the
    // whole is divided.
    let isCoarse = !hasClock || interval >= 3600 || to - from < 7200
    let monitor = isCoarse ? nil : Self.watch(clean, interval: interval, limit: limit)
    let changes =
      monitor.map { Self.changes($0.alarms.map(\.change), clean) } ?? Self.divide(clean)
    self.changes = changes
    let outlook =
      (monitor ?? Self.plain(clean, changes: changes, interval: interval, limit: limit))?
      .outlook(at: to, horizons: Self.horizons, levels: Self.levels)
    let objection = Self.objection(clean, hasClock: hasClock)
    headroom = limit.flatMap {
      Headroom(clean, limit: $0, changes: changes, needsPace: hasClock && objection != nil)
    }
    guard let outlook, objection == nil else {
      verdict = .unknown
      reason = objection ?? "the samples all have one time"
      slope = nil
      timeToLimit = [nil, nil, nil]
      forecast = []
      return
    }
    let word = outlook.verdict(hasSteps: changes.contains { $0.kind == .level })
    // The clock is followed by what came again with it: in part of a day nothing could.
    let isMorning = word.0 == .load && to - from < Self.day
    (verdict, reason) =
      isMorning
      ? (.unknown, "less than a day of samples: growth may be a leak, or the day's traffic") : word
    slope = outlook.slope
    timeToLimit = outlook.timeToLimit
    forecast = zip(Self.horizons, outlook.quantiles).map { Horizon(after: $0, quantiles: $1) }
  }

  /// Finite, in the order of time, one for each time, and not negative, as sizes are.
  ///
  /// Where one value in twenty is negative they are no sizes gone wrong: then all stay.
  static func clean(_ samples: [Sample]) -> [Sample] {
    let isSize = samples.count { $0.value < 0 } * 20 < samples.count
    let usable = samples.filter {
      $0.time.isFinite && $0.value.isFinite && ($0.value >= 0 || !isSize)
    }
    let isSorted = zip(usable, usable.dropFirst()).allSatisfy { $0.time < $1.time }
    guard !isSorted else { return usable }
    // Stable: of samples with one time the first is kept.
    let sorted = usable.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    return sorted.enumerated().filter {
      $0.offset == 0 || sorted[$0.offset - 1].time < $0.element.time
    }
    .map(\.element)
  }

  /// Why samples cannot tell a course; nil when they can.
  private static func objection(_ samples: [Sample], hasClock: Bool) -> String? {
    guard let first = samples.first, let last = samples.last, samples.count >= 20 else {
      let found = samples.count == 1 ? "1 usable sample is" : "\(samples.count) usable samples are"
      return "\(found) too few: at least 20 are needed"
    }
    guard samples.allSatisfy({ $0.value >= 0 }) else {
      return "values below zero are no sizes of memory"
    }
    // A process that starts always grows: what it does in its first minutes tells nothing of days.
    guard !hasClock || last.time - first.time >= shortest else {
      return "samples of less than half an hour do not tell what days will bring"
    }
    return nil
  }

  private static let day = 86_400.0
  /// Seconds of samples that a forecast needs.
  private static let shortest = 1800.0

  /// The median time between samples.
  private static func interval(_ samples: [Sample]) -> Double {
    let steps = zip(samples.dropFirst(), samples).map { $0.time - $1.time }
    return steps.isEmpty ? 60 : steps.median
  }

  /// Runs the monitor over at most 2,048 samples, evenly spaced, with eight looks for slow growth:
  /// nobody waits for an alarm, so a long series is not looked at more closely than a short one.
  private static func watch(_ samples: [Sample], interval: Double, limit: Double?) -> SeriesMonitor
  {
    let group = max(1, (samples.count + 2047) / 2048)
    let spacing = max(48, samples.count / group / 8)
    var monitor = SeriesMonitor(
      .init(interval: interval * Double(group), limit: limit, lookSpacing: spacing)
    )
    for start in stride(from: 0, to: samples.count, by: group) {
      // One of the samples, not their mean: the noise of a sample is part of the forecast.
      _ = monitor.append(samples[start])
    }
    return monitor
  }

  /// The offline division, in at most 512 bins.
  private static func divide(_ samples: [Sample]) -> [ChangePoint] {
    let group = max(1, (samples.count + 511) / 512)
    let values = stride(from: 0, to: samples.count, by: group).map { start in
      let part = samples[start..<min(samples.count, start + group)]
      return part.reduce(0) { $0 + $1.value } / Double(part.count)
    }
    return changes(Segmentation.changes(values).map { samples[$0 * group].time }, samples)
  }

  /// Describes each change by the courses on its two sides.
  private static func changes(_ times: [Double], _ samples: [Sample]) -> [ChangePoint] {
    let starts = times.map { time in samples.firstIndex { $0.time >= time } ?? samples.count }
      .filter { $0 > 0 && $0 < samples.count }
    let bounds = [0] + Array(Set(starts)).sorted() + [samples.count]
    let courses = zip(bounds, bounds.dropFirst()).map { from, to in
      SeriesCourse(samples[from..<to])
    }
    return bounds.indices.dropFirst().dropLast().compactMap { place in
      guard let before = courses[place - 1], let after = courses[place] else { return nil }
      return ChangePoint(
        index: bounds[place],
        time: samples[bounds[place]].time,
        before: before,
        after: after
      )
    }
  }

  /// A monitor of the last segment alone, for series that the online detector is not made for.
  private static func plain(
    _ samples: [Sample],
    changes: [ChangePoint],
    interval: Double,
    limit: Double?
  ) -> SeriesMonitor? {
    guard interval > 0 else { return nil }
    var monitor = SeriesMonitor(.init(interval: interval, limit: limit))
    for sample in samples[(changes.last?.index ?? 0)...] { monitor.record(sample) }
    return monitor
  }
}
