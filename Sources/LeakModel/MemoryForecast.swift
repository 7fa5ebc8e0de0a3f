/// What becomes of a memory series.
///
/// Its JSON form is the contract `leakbook.forecast/1`, and the member `forecast` of a diagnosis.
package struct MemoryForecast: Sendable, Equatable, Codable {
  package static let schemaName = "leakbook.forecast/1"

  package var schema = MemoryForecast.schemaName
  /// The file, or the service and its process.
  package var source: String
  /// The column or the metric.
  package var series: String
  package var samples: Int
  /// Samples that were no numbers, or no later than the one before.
  package var skipped: Int
  /// Seconds, as the series counts them.
  package var from: Double
  package var to: Double
  /// leak, load, saturating, step, stable or unknown.
  package var verdict: String
  /// Why, in a sentence.
  package var reason: String
  /// Bytes an hour at the end, the day's cycle left out; nil when unknown.
  package var slope: Double?
  /// 2.5 and 97.5 % of the slope.
  package var slopeRange: [Double]?
  package var changes: [Change]
  /// Bytes.
  package var limit: Double?
  /// Seconds from the last sample; nil when there is no limit or it is never reached.
  package var timeToLimit: TimeToLimit?
  /// How much of the limit is left; nil without a limit.
  package var headroom: Headroom?
  /// 6, 24 and 72 hours ahead; empty when unknown.
  package var forecast: [Horizon]

  /// A change of level or slope, or a restart.
  package struct Change: Sendable, Equatable, Codable {
    package var index: Int
    package var at: Double
    package var kind: String
    /// Bytes, or bytes an hour for a slope.
    package var before: Double
    package var after: Double

    package init(index: Int, at: Double, kind: String, before: Double, after: Double) {
      self.index = index
      self.at = at
      self.kind = kind
      self.before = before
      self.after = after
    }
  }

  /// Seconds until the limit is reached in one case of ten, in half, in nine of ten; nil for never.
  package struct TimeToLimit: Sendable, Equatable, Codable {
    package var p10: Double?
    package var p50: Double?
    package var p90: Double?

    package init(p10: Double?, p50: Double?, p90: Double?) {
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(p10, forKey: .p10)
      try container.encode(p50, forKey: .p50)
      try container.encode(p90, forKey: .p90)
    }

    enum CodingKeys: String, CodingKey {
      case p10
      case p50
      case p90
    }
  }

  /// Quantiles of a sample some seconds ahead, in bytes.
  package struct Horizon: Sendable, Equatable, Codable {
    package var after: Double
    package var p2: Double
    package var p10: Double
    package var p50: Double
    package var p90: Double
    package var p97: Double

    package init(after: Double, p2: Double, p10: Double, p50: Double, p90: Double, p97: Double) {
      self.after = after
      self.p2 = p2
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
      self.p97 = p97
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

  package init(
    source: String,
    series: String,
    samples: Int,
    skipped: Int,
    from: Double,
    to: Double,
    verdict: String,
    reason: String,
    slope: Double?,
    slopeRange: [Double]?,
    changes: [Change],
    limit: Double?,
    timeToLimit: TimeToLimit?,
    headroom: Headroom?,
    forecast: [Horizon]
  ) {
    self.source = source
    self.series = series
    self.samples = samples
    self.skipped = skipped
    self.from = from
    self.to = to
    self.verdict = verdict
    self.reason = reason
    self.slope = slope
    self.slopeRange = slopeRange
    self.changes = changes
    self.limit = limit
    self.timeToLimit = timeToLimit
    self.headroom = headroom
    self.forecast = forecast
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(schema, forKey: .schema)
    try container.encode(source, forKey: .source)
    try container.encode(series, forKey: .series)
    try container.encode(samples, forKey: .samples)
    try container.encode(skipped, forKey: .skipped)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    try container.encode(verdict, forKey: .verdict)
    try container.encode(reason, forKey: .reason)
    try container.encode(slope, forKey: .slope)
    try container.encode(slopeRange, forKey: .slopeRange)
    try container.encode(changes, forKey: .changes)
    try container.encode(limit, forKey: .limit)
    try container.encode(timeToLimit, forKey: .timeToLimit)
    try container.encode(headroom, forKey: .headroom)
    try container.encode(forecast, forKey: .forecast)
    var derived = encoder.container(keyedBy: DerivedKeys.self)
    try derived.encode(limitAt, forKey: .limitAt)
  }

  /// The moment of the last sample; nil where times count from the start of something.
  package var lastSample: Instant? { Self.moment(to) }

  /// A time of a series as a moment: seconds since 1970 have reached 10^9 in 2001, which no process
  /// and no test counts from its own start.
  package static func moment(_ time: Double) -> Instant? {
    time >= 1e9 ? Instant(seconds: time.rounded()) : nil
  }

  /// When the limit is reached, by the quantiles of the time to it; nil for never and without a moment.
  private var limitAt: [String: String?]? {
    guard let lastSample, let times = timeToLimit else { return nil }
    let moments = [("p10", times.p10), ("p50", times.p50), ("p90", times.p90)].map { name, after in
      (name, after.flatMap { Self.moment(lastSample.seconds + $0)?.description })
    }
    return Dictionary(moments) { one, _ in one }
  }

  /// Members that follow from others.
  private enum DerivedKeys: String, CodingKey {
    case limitAt = "limit_at"
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
    case headroom
    case forecast
  }
}
