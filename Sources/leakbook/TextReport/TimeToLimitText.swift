import LeakModel

/// When a limit is reached, as a sentence.
struct TimeToLimitText {
  /// Bytes.
  let limit: Double
  /// Seconds until it is reached in one case of ten, in half, in nine of ten; nil for never.
  let times: [Double?]

  init(limit: Double, times: [Double?]) {
    self.limit = limit
    self.times = times
  }

  /// The limit of a forecast; nil where there is none.
  init?(_ forecast: MemoryForecast) {
    guard let limit = forecast.limit else { return nil }
    let times = forecast.timeToLimit
    self.init(limit: limit, times: [times?.p10, times?.p50, times?.p90])
  }

  var text: String {
    let size = Bytes(Int64(exactly: limit.rounded()) ?? .max).description
    guard times.count == 3, let early = times[0] else {
      return "\(size), not reached as far as can be seen"
    }
    guard let middle = times[1] else {
      return "\(size), most likely never; with a chance of 1 in 10 within \(Self.duration(early))"
    }
    guard middle > 0 else { return "\(size), already reached" }
    let late = times[2].map { Self.duration($0) } ?? "never"
    return "\(size), reached in \(Self.duration(middle)) (80 %: \(Self.duration(early)) to \(late))"
  }

  static func duration(_ seconds: Double) -> String {
    seconds >= 2 * 86400
      ? "\((seconds / 86400).shortText) days" : Quantity.duration(nanoseconds: seconds * 1e9)
  }
}
