import LeakModel

/// When a limit is reached, as a sentence.
struct TimeToLimitText {
  /// Bytes.
  let limit: Double
  /// Seconds until it is reached in one case of ten, in half, in nine of ten; nil for never.
  let times: [Double?]
  /// What is left of it, as measured.
  let headroom: Headroom?
  /// Whether there is a forecast at all; else the times say nothing.
  let isForetold: Bool
  /// The moment that times count from; nil where the samples do not tell it.
  let lastSample: Instant?

  init(
    limit: Double,
    times: [Double?],
    headroom: Headroom? = nil,
    isForetold: Bool = true,
    lastSample: Instant? = nil
  ) {
    self.limit = limit
    self.times = times
    self.headroom = headroom
    self.isForetold = isForetold
    self.lastSample = lastSample
  }

  /// The limit of a forecast; nil where there is none.
  init?(_ forecast: MemoryForecast) {
    guard let limit = forecast.limit else { return nil }
    let times = forecast.timeToLimit
    self.init(
      limit: limit,
      times: [times?.p10, times?.p50, times?.p90],
      headroom: forecast.headroom,
      isForetold: !forecast.forecast.isEmpty,
      lastSample: forecast.lastSample
    )
  }

  var text: String { Bytes(rounding: limit).description + ", " + outlook }

  private var outlook: String {
    if let headroom, headroom.left <= 0 { return "already reached" }
    guard isForetold else { return "no forecast" + (atPace.map { "; " + $0 } ?? "") }
    guard times.count == 3, let early = times[0] else {
      return [left, "not reached within 30 days if nothing changes"].compactMap(\.self)
        .joined(separator: "; ")
    }
    guard let middle = times[1] else {
      return "most likely never; with a chance of 1 in 10 within \(Self.duration(early))"
        + " of the last sample"
    }
    guard middle > 0 else { return "already reached" }
    let late = times[2].map { Self.duration($0) } ?? "never"
    let range = "(80 %: \(Self.duration(early)) to \(late))"
    guard let lastSample, let moment = Instant(seconds: lastSample.seconds + middle) else {
      return "reached in \(Self.duration(middle)) \(range)"
    }
    return
      "full \(Quantity.minute(moment)), \(Self.duration(middle)) after the last sample \(range)"
  }

  /// What is left, as an amount and a share.
  private var left: String? {
    guard let headroom else { return nil }
    let share = headroom.left / limit
    // Below a tenth any spike can fill it, whatever the trend says.
    return
      "\(share < 0.1 ? "only " : "")\(Bytes(rounding: headroom.left)) (\((share * 100).shortText) %) left"
  }

  /// What is left, and when it is used up if the rise goes on.
  private var atPace: String? {
    guard let left else { return nil }
    guard let pace = headroom?.pace, let time = headroom?.timeAtPace else { return left }
    return "\(left), used up \(Self.duration(time)) after the last sample"
      + " if the rise of \(Bytes(rounding: pace))/h goes on"
  }

  static func duration(_ seconds: Double) -> String {
    seconds >= 2 * 86400
      ? "\((seconds / 86400).shortText) days" : Quantity.duration(nanoseconds: seconds * 1e9)
  }
}

extension Bytes {
  /// A measured or computed amount, rounded; what no count of bytes can hold is the most there is.
  init(rounding amount: Double) {
    self.init(Int64(clamping: amount.rounded()))
  }
}
