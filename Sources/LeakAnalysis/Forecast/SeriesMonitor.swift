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

  package init(_ known: Known) {
    self.known = known
    interval = known.interval ?? 60
    detector = ChangeDetector(interval: interval, cycleAmplitude: 0.08 * (known.limit ?? 0))
  }

  /// Takes one sample; one that is not newer than the last is passed over.
  package mutating func append(_ sample: Sample) -> SeriesAlarm? {
    if origin == nil { origin = sample.time }
    let origin = self.origin ?? sample.time
    let index = Int(((sample.time - origin) / interval).rounded())
    guard index > lastIndex else { return nil }
    lastIndex = index
    guard let finding = detector.push(index, value: sample.value) else { return nil }
    return SeriesAlarm(
      kind: finding.kind, change: origin + (finding.change - 0.5) * interval, raised: sample.time)
  }
}
