package import LeakModel

/// A memory series as it arrives: alarms at once, a forecast at any time.
package struct SeriesMonitor: Sendable {
  /// What is known beforehand.
  package struct Known: Sendable {
    /// Seconds between samples, nil to be found.
    package var interval: Double?
    /// Bytes, nil for none.
    package var limit: Double?
    /// Samples between two looks for slow growth, nil for every quarter of an hour, or 48 samples
    /// where these take longer.
    package var lookSpacing: Int?
    /// What the series measures.
    package var nature: SeriesNature

    package init(
      interval: Double? = nil,
      limit: Double? = nil,
      lookSpacing: Int? = nil,
      nature: SeriesNature = .memory
    ) {
      self.interval = interval
      self.limit = limit
      self.lookSpacing = lookSpacing
      self.nature = nature
    }
  }

  /// Everything told so far, the newest 1,024.
  package private(set) var alarms: [SeriesAlarm] = []

  private let known: Known
  /// nil until the time between samples is known.
  private var clock: Clock?
  private var early: [Sample] = []
  private var stretches: [SeriesStretch] = []
  private var recent: [Sample] = []
  private var peak = 0.0
  private var changeCount = 0

  /// The grid of time, and what watches it.
  private struct Clock {
    let origin: Double
    let interval: Double
    var lastIndex = -1
    var lastLook = 0
    var detector: ChangeDetector
    /// nil for memory.
    var records: RecordWatch?
  }

  package init(_ known: Known) {
    self.known = known
  }

  /// Takes one sample; one that is not newer than the last, no number or negative is passed over.
  package mutating func append(_ sample: Sample) -> SeriesAlarm? {
    guard sample.time.isFinite, sample.value.isFinite, sample.value >= 0 else { return nil }
    if clock == nil {
      guard early.last.map({ $0.time < sample.time }) ?? true else { return nil }
      early.append(sample)
      guard known.interval != nil || early.count >= Self.earlyCount else { return nil }
      startClock()
      let waiting = early
      early = []
      var last: SeriesAlarm?
      for sample in waiting { last = take(sample) ?? last }
      return last
    }
    return take(sample)
  }

  /// Takes one sample without looking for changes.
  mutating func record(_ sample: Sample) {
    if clock == nil {
      early = [sample]
      startClock()
      early = []
    }
    if stretches.isEmpty { begin(at: sample.time) }
    keep(sample)
  }

  /// Samples after which the time between them is known.
  private static let earlyCount = 9
  /// Samples kept as they are, to fill the stretch after a change: 11 h at one every 10 s.
  private static let recentCount = 4096
  private static let alarmCount = 1024

  private mutating func startClock() {
    let steps = zip(early.dropFirst(), early).map { $0.time - $1.time }
    let found = known.interval ?? (steps.isEmpty ? 60 : steps.median)
    let interval = found > 0 ? found : 60
    let scale = known.limit ?? 2 * (early.map(\.value).max() ?? 0)
    clock = Clock(
      origin: early.first?.time ?? 0,
      interval: interval,
      detector: ChangeDetector(
        interval: interval,
        scale: scale,
        isHeap: known.nature == .heap
      ),
      records: known.nature == .other ? RecordWatch(interval: interval) : nil
    )
  }

  private mutating func begin(at time: Double) {
    stretches = [SeriesStretch(begunBy: nil, start: time, history: CompactHistory())]
  }

  private mutating func keep(_ sample: Sample) {
    peak = max(peak, sample.value)
    recent.append(sample)
    if recent.count >= 2 * Self.recentCount { recent.removeFirst(Self.recentCount) }
    stretches[stretches.count - 1].history.append(sample)
  }

  private mutating func take(_ sample: Sample) -> SeriesAlarm? {
    guard var clock else { return nil }
    let place = ((sample.time - clock.origin) / clock.interval).rounded()
    // A jump of 10¹² samples is a change of the unit of time, not a hole in a series.
    guard place > Double(clock.lastIndex), place < 1e12 else { return nil }
    let index = Int(place)
    clock.lastIndex = index
    // No other copy may live while the detector works, or its rings are copied with each sample.
    self.clock = nil
    if stretches.isEmpty { begin(at: sample.time) }
    keep(sample)
    let isExtreme = clock.records?.push(sample.value, at: sample.time) ?? false
    let familiar = clock.records?.known
    var alarm: SeriesAlarm?
    if let finding = clock.detector.push(index, value: sample.value, known: familiar) {
      let change = clock.origin + (finding.change - 0.5) * clock.interval
      alarm = SeriesAlarm(kind: finding.kind, change: change, raised: sample.time)
    } else if known.nature != .other,
      let change = slowOnset(&clock, index: index, at: sample.time)
    {
      alarm = SeriesAlarm(kind: .growth, change: change, raised: sample.time)
      clock.detector.restart(at: index)
    }
    self.clock = clock
    if let alarm { divide(at: tell(alarm)) }
    if let departure = clock.detector.regained {
      rejoin(since: clock.origin + (departure - 0.5) * clock.interval)
    }
    guard alarm == nil, isExtreme else { return alarm }
    return tell(SeriesAlarm(kind: .extreme, change: sample.time, raised: sample.time))
  }

  private mutating func tell(_ alarm: SeriesAlarm) -> SeriesAlarm {
    alarms.append(alarm)
    if alarms.count > Self.alarmCount { alarms.removeFirst() }
    return alarm
  }

  /// A level that was left and regained, as at a weekend, divides nothing: one stretch again.
  private mutating func rejoin(since time: Double) {
    guard let first = stretches.firstIndex(where: { $0.start >= time - 1 }), first > 0 else {
      return
    }
    let before = stretches[first - 1]
    var whole = CompactHistory()
    for stretch in stretches[(first - 1)...] { whole.join(stretch.history) }
    stretches.removeSubrange((first - 1)...)
    stretches.append(
      SeriesStretch(begunBy: before.begunBy, start: before.start, history: whole)
    )
  }

  /// Growth too slow for the detector's windows: now and then the courses of the whole stretch are
  /// compared.
  private func slowOnset(_ clock: inout Clock, index: Int, at time: Double) -> Double? {
    let spacing = known.lookSpacing.map { Double($0) } ?? max(48, 900 / clock.interval)
    guard Double(index - clock.lastLook) >= spacing,
      let stretch = stretches.last, time - stretch.start > 6 * 3600
    else { return nil }
    clock.lastLook = index
    // A longer cycle before the last restart may place the bend at an age that is yet to come.
    return fit(at: time, clock.detector, seesCycles: true)?.onset(evidence: Self.slowEvidence)
      .flatMap {
        $0 < time ? $0 : nil
      }
  }

  /// Natural logarithms by which a bend must be likelier than no bend: 400 to 1, at each of the few
  /// hundred looks at a series, which hang together.
  private static let slowEvidence = 6.0

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

  /// Bytes that memory may move.
  private var scale: Double { max(1, known.limit ?? 2 * peak) }

  private func fit(
    at now: Double,
    _ detector: ChangeDetector,
    seesCycles: Bool = false
  ) -> SeriesFit? {
    SeriesFit(
      stretches,
      now: now,
      scale: scale,
      quantum: detector.quantum,
      isFloor: detector.isSawtooth,
      seesCycles: seesCycles
    )
  }

  /// Looks ahead from a time; nil without samples enough for the simplest course.
  ///
  /// - Parameters:
  ///   - now: Seconds, in the series' own count.
  ///   - horizons: Seconds from then on.
  ///   - levels: Shares of the distribution, from 0 to 1.
  /// - Returns: What is to be expected.
  package func outlook(at now: Double, horizons: [Double], levels: [Double]) -> SeriesOutlook? {
    guard let clock, let fit = fit(at: now, clock.detector) else { return nil }
    let days = max(0, now - clock.origin) / 86400
    return fit.outlook(
      now: now,
      horizons: horizons,
      levels: levels,
      limit: known.limit,
      peak: peak,
      changes: ChangeRate(seen: changeCount, days: days),
      scale: scale
    )
  }
}
