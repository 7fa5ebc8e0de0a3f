import LeakAnalysis
import LeakModel

/// A series' verdict, growth, changes and future, for a person to read.
struct ForecastReport {
  let input: SeriesInput
  let report: SeriesReport

  func lines(_ terminal: Terminal) -> [String] {
    var layout = ReportLayout(width: terminal.width, indent: 10)
    layout.add(
      layout.split("\(input.source)  \(input.name)", report.verdict.rawValue)
    )
    layout.add("why", report.reason)
    if report.skippedCount + input.skippedCount > 0 {
      layout.add(
        "left out",
        Quantity.counted(report.skippedCount + input.skippedCount, "sample")
          + ": no number, or no later than the one before"
      )
    }
    for line in SeriesChart(samples: input.samples, report: report, isRich: terminal.isRich)
      .lines(width: terminal.width)
    {
      layout.add(line)
    }
    if let slope = report.slope {
      layout.add(
        "growth",
        "\(rate(slope[1])) (95 %: \(rate(slope[0])) to \(rate(slope[2])))"
      )
    }
    for change in report.changes.suffix(Self.shownChanges) { layout.add("change", text(change)) }
    if report.changes.count > Self.shownChanges {
      layout.add(
        "",
        "and \(Quantity.counted(report.changes.count - Self.shownChanges, "change")) before"
      )
    }
    if let limit = report.limit {
      let text = TimeToLimitText(
        limit: limit,
        times: report.timeToLimit,
        headroom: report.headroom,
        isForetold: !report.forecast.isEmpty,
        lastSample: moment(report.to)
      )
      layout.add("limit", text.text)
    }
    for horizon in report.forecast {
      layout.add("in \(Int(horizon.after / 3600)) h", text(horizon))
    }
    return layout.lines
  }

  private static let shownChanges = 5

  /// What a sample may be by then.
  ///
  /// Nothing lives above its limit: the kernel kills what reaches it.
  private func text(_ horizon: SeriesReport.Horizon) -> String {
    let top = report.ceiling ?? .infinity
    guard horizon.quantiles[0] < top else { return "at the limit" }
    let values = horizon.quantiles.map { $0 < top ? Bytes(rounding: $0).description : "limit" }
    let middle = horizon.quantiles[2] < top ? values[2] : "at the limit"
    return "\(middle)  (80 %: \(values[1]) to \(values[3]); 95 %: \(values[0]) to \(values[4]))"
  }

  /// A time of the series as a moment; nil where it does not tell the time of day.
  private func moment(_ time: Double) -> Instant? {
    input.hasClock ? MemoryForecast.moment(time) : nil
  }

  private func text(_ change: ChangePoint) -> String {
    let at =
      moment(change.time).map { Quantity.minute($0) }
      ?? (input.hasClock
        ? "after \(TimeToLimitText.duration(change.time - report.from))"
        : "at sample \(change.index)")
    switch change.kind {
    case .slope: return "\(at): from \(rate(change.before)) to \(rate(change.after))"
    case .level, .restart:
      let sizes = [change.before, change.after].map { Bytes(rounding: $0).description }
      let word = change.kind == .restart ? "restart, " : ""
      return "\(at): \(word)from \(sizes[0]) to \(sizes[1])"
    }
  }

  private func rate(_ perHour: Double) -> String { Bytes(rounding: perHour).description + "/h" }
}

extension SeriesReport {
  /// What bounds the future, in bytes: the limit, unless the past shows that it is none.
  ///
  /// A reading may lie a little above the limit, as what is resident is not what the kernel charges.
  var ceiling: Double? { limit.flatMap { peak <= 1.1 * $0 ? $0 : nil } }
}
