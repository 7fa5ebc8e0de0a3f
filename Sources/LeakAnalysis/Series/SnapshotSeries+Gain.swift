import LeakModel

extension SnapshotSeries {
  /// What a counter gained up to its last sample.
  struct Gain {
    let amount: Double
    /// In seconds, above 0.
    let span: Double

    var rate: Double { amount / span }
  }

  /// The gain of a counter after some part of its samples; nil where it fell or no time passed.
  ///
  /// A sample without the counter, such as the last scrape of a process that died, is passed over.
  func gain(of metric: Metric, since part: Double) -> Gain? {
    let samples = samples(of: metric)
    guard let last = samples.last else { return nil }
    let first = samples[Int(Double(samples.count) * part)]
    guard last.time > first.time, last.value >= first.value else { return nil }
    return Gain(amount: last.value - first.value, span: last.time - first.time)
  }
}
