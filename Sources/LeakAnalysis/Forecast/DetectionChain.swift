package import LeakModel

/// The published detection chain for container memory, step by step, with its defaults.
///
/// Samples of the last five minutes; those further than three standard deviations from the mean are
/// dropped; above 85 % of the limit is abnormal; three abnormal cycles in a row raise an alarm; above
/// 95 % for a minute is P0.
package enum DetectionChain {
  /// Seconds of samples that a cycle looks at.
  package static let cycleWindow = 300.0
  /// Samples of a z-score window: 60 s at one sample every 10 s.
  package static let featureWindow = 6
  /// Standard deviations from which on a sample is dropped.
  package static let outlierDeviations = 3.0
  /// Share of the limit above which memory is abnormal.
  package static let abnormalShare = 0.85
  /// Abnormal cycles in a row that raise the alarm.
  package static let alarmCycles = 3
  /// Share of the limit, and seconds above it, that make a P0.
  package static let criticalShare = 0.95
  package static let criticalSeconds = 60.0

  /// The samples within three standard deviations of their mean; all of them when they are equal.
  package static func withoutOutliers(
    _ samples: [Sample],
    deviations: Double = outlierDeviations
  ) -> [Sample] {
    let scores = zScores(samples.map(\.value))
    return zip(samples, scores).filter { $0.1.magnitude < deviations }.map(\.0)
  }

  /// How many standard deviations each value is from the mean; 0 for all when they are equal.
  package static func zScores(_ values: [Double]) -> [Double] {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / max(1, count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count)
    guard variance > 0 else { return values.map { _ in 0 } }
    let deviation = variance.squareRoot()
    return values.map { ($0 - mean) / deviation }
  }

  /// Each value against the window that ends with it: the features of the published pipeline.
  package static func slidingZScores(_ values: [Double], window: Int = featureWindow) -> [Double] {
    values.indices.map { index in
      zScores(Array(values[max(0, index - window + 1)...index])).last ?? 0
    }
  }

  /// Whether the last five minutes are abnormal: the mean without outliers is above 85 % of the limit.
  ///
  /// nil without a sample in the window.
  package static func isAbnormal(
    _ samples: [Sample],
    at now: Double,
    limit: Double,
    share: Double = abnormalShare
  ) -> Bool? {
    let window = samples.filter { $0.time > now - cycleWindow && $0.time <= now }
    guard !window.isEmpty else { return nil }
    let kept = withoutOutliers(window)
    return kept.reduce(0) { $0 + $1.value } / Double(kept.count) > share * limit
  }

  /// Whether the newest cycles are all abnormal; a cycle without samples breaks the run.
  package static func raisesAlarm(_ cycles: [Bool?], count: Int = alarmCycles) -> Bool {
    cycles.count >= count && cycles.suffix(count).allSatisfy { $0 == true }
  }

  /// Whether memory has been above 95 % of the limit for a minute, to the last sample.
  package static func isCritical(
    _ samples: [Sample],
    limit: Double,
    share: Double = criticalShare,
    seconds: Double = criticalSeconds
  ) -> Bool {
    guard let last = samples.last else { return false }
    let run = samples.reversed().prefix { $0.value > share * limit }
    return run.last.map { last.time - $0.time >= seconds } ?? false
  }
}

/// Whether to profile finely: what was predicted has been missed three times in a row.
package enum ResidualTrigger {
  /// Bytes: 1.2 MB.
  package static let threshold = 1_200_000.0
  package static let periods = 3
  /// `runtime.MemProfileRate` while triggered, and otherwise.
  package static let fineRate = 512
  package static let ordinaryRate = 512_000

  /// The profile rate after the newest residuals (observed less predicted, in bytes).
  package static func profileRate(_ residuals: [Double]) -> Int {
    let isMissed =
      residuals.count >= periods
      && residuals.suffix(periods).allSatisfy { $0.magnitude > threshold }
    return isMissed ? fineRate : ordinaryRate
  }
}
