package import LeakAnalysis

/// What `forecast --json` prints of a series, and the API answers: the contract `leakbook.forecast/1`.
package struct ForecastDocument: Encodable, Sendable {
  package struct Change: Encodable, Sendable {
    let index: Int
    let at: Double
    let kind: String
    let before: Double
    let after: Double
  }

  /// Seconds; null for never.
  package struct TimeToLimit: Encodable, Sendable {
    let p10: Double?
    let p50: Double?
    let p90: Double?

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(p10, forKey: .p10)
      try container.encode(p50, forKey: .p50)
      try container.encode(p90, forKey: .p90)
    }

    enum CodingKeys: String, CodingKey { case p10, p50, p90 }
  }

  /// Bytes.
  package struct Horizon: Encodable, Sendable {
    let after: Double
    let quantiles: [Double]

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(after, forKey: .after)
      for (key, value) in zip([CodingKeys.p2, .p10, .p50, .p90, .p97], quantiles) {
        try container.encode(value, forKey: key)
      }
    }

    enum CodingKeys: String, CodingKey {
      case after = "after_s"
      case p2 = "p2_5"
      case p10
      case p50
      case p90
      case p97 = "p97_5"
    }
  }

  let source: String
  let series: String
  let report: SeriesReport
  /// Rows that each sample stands for, where a long table was thinned.
  let every: Int

  package init(source: String, series: String, report: SeriesReport, every: Int = 1) {
    self.source = source
    self.series = series
    self.report = report
    self.every = every
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("leakbook.forecast/1", forKey: .schema)
    try container.encode(source, forKey: .source)
    try container.encode(series, forKey: .series)
    try container.encode(report.sampleCount * every, forKey: .samples)
    try container.encode(report.skippedCount, forKey: .skipped)
    try container.encode(report.from, forKey: .from)
    try container.encode(report.to, forKey: .to)
    try container.encode(report.verdict.rawValue, forKey: .verdict)
    try container.encode(report.reason, forKey: .reason)
    try container.encode(report.slope?[1], forKey: .slope)
    try container.encode(report.slope.map { [$0[0], $0[2]] }, forKey: .slopeRange)
    let changes = report.changes.map { change in
      Change(
        index: report.hasClock ? change.index * every : Int(change.time), at: change.time, kind: change.kind.rawValue,
        before: change.before, after: change.after)
    }
    try container.encode(changes, forKey: .changes)
    try container.encode(report.limit, forKey: .limit)
    let times = report.timeToLimit
    try container.encode(
      times.contains { $0 != nil } ? TimeToLimit(p10: times[0], p50: times[1], p90: times[2]) : nil,
      forKey: .timeToLimit)
    try container.encode(
      report.forecast.map { Horizon(after: $0.after, quantiles: $0.quantiles) }, forKey: .forecast)
  }

  enum CodingKeys: String, CodingKey {
    case schema
    case source
    case series
    case samples
    case skipped
    case from
    case to
    case verdict
    case reason
    case slope = "slope_per_hour"
    case slopeRange = "slope_per_hour_95"
    case changes = "change_points"
    case limit = "limit_bytes"
    case timeToLimit = "time_to_limit_s"
    case forecast
  }
}
