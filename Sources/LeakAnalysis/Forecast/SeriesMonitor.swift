package import LeakModel

/// A memory series as it arrives: alarms at once, a forecast at any time.
package struct SeriesMonitor: Sendable {
  /// What is known beforehand.
  package struct Known: Sendable {
    /// Seconds between samples, nil to be found.
    package var interval: Double?
    /// Bytes, nil for none.
    package var limit: Double?

    package init(interval: Double? = nil, limit: Double? = nil) {
      self.interval = interval
      self.limit = limit
    }
  }

  private let known: Known
  private var detector: ChangeDetector
  private let interval: Double
  private var origin: Double?
  private var lastIndex = -1
  private var stretches: [SeriesStretch] = []
  private var recent: [Sample] = []
  private var peak = 0.0
  private var changeCount = 0
  private var lastLook = 0

  package init(_ known: Known) {
    self.known = known
    interval = known.interval ?? 60
    detector = ChangeDetector(interval: interval, cycleAmplitude: 0.08 * (known.limit ?? 0))
  }

  /// Takes one sample; one that is not newer than the last is passed over.
  package mutating func append(_ sample: Sample) -> SeriesAlarm? {
    if origin == nil {
      origin = sample.time
      stretches = [SeriesStretch(begunBy: nil, start: sample.time, history: CompactHistory())]
    }
    let origin = self.origin ?? sample.time
    let index = Int(((sample.time - origin) / interval).rounded())
    guard index > lastIndex else { return nil }
    lastIndex = index
    peak = max(peak, sample.value)
    recent.append(sample)
    if recent.count >= 2 * Self.recentCount { recent.removeFirst(Self.recentCount) }
    stretches[stretches.count - 1].history.append(sample)
    guard let finding = detector.push(index, value: sample.value) else {
      return slowOnset(index, at: sample.time)
    }
    let alarm = SeriesAlarm(
      kind: finding.kind, change: origin + (finding.change - 0.5) * interval, raised: sample.time)
    divide(at: alarm)
    return alarm
  }

  private static let recentCount = 4096

  /// Growth too slow for the detector's windows: the courses of the whole stretch are compared, every
  /// quarter of an hour or 48 samples.
  private mutating func slowOnset(_ index: Int, at time: Double) -> SeriesAlarm? {
    guard Double(index - lastLook) >= max(48, 900 / interval), let stretch = stretches.last,
      time - stretch.start > 6 * 3600
    else { return nil }
    lastLook = index
    let scale = max(1, known.limit ?? 2 * peak)
    guard
      let fit = SeriesFit(
        stretches, now: time, scale: scale, quantum: detector.quantum, isFloor: detector.isSawtooth),
      let change = fit.onset(evidence: 6)
    else { return nil }
    let alarm = SeriesAlarm(kind: .growth, change: change, raised: time)
    detector.restart(at: index)
    divide(at: alarm)
    return alarm
  }

  private mutating func divide(at alarm: SeriesAlarm) {
    changeCount += 1
    let old = stretches.removeLast()
    let before = old.history.prefix(before: alarm.change, capacity: 64)
    stretches.append(SeriesStretch(begunBy: old.begunBy, start: old.start, history: before))
    var fresh = SeriesStretch(begunBy: alarm.kind, start: alarm.change, history: CompactHistory())
    for sample in recent where sample.time >= alarm.change { fresh.history.append(sample) }
    stretches.append(fresh)
    if stretches.count > 6 { stretches.removeFirst() }
  }

  /// Looks ahead from a time; nil without three samples.
  ///
  /// - Parameters:
  ///   - horizons: Seconds.
  ///   - levels: Shares of the distribution, from 0 to 1.
  package func outlook(at now: Double, horizons: [Double], levels: [Double]) -> SeriesOutlook? {
    let scale = known.limit ?? 2 * peak
    guard
      let fit = SeriesFit(
        stretches, now: now, scale: max(scale, 1), quantum: detector.quantum,
        isFloor: detector.isSawtooth)
    else { return nil }
    let days = (now - (origin ?? now)) / 86400
    return fit.outlook(
      now: now, horizons: horizons, levels: levels, limit: known.limit,
      changesPerDay: (1 + Double(changeCount)) / (11 + days), scale: scale)
  }
}
