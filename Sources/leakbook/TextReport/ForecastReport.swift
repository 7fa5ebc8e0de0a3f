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
      layout.add("limit", TimeToLimitText(limit: limit, times: report.timeToLimit).text)
    }
    for horizon in report.forecast {
      let bytes = horizon.quantiles.map { Bytes(Self.whole($0)).description }
      layout.add(
        "in \(Int(horizon.after / 3600)) h",
        "\(bytes[2])  (80 %: \(bytes[1]) to \(bytes[3]); 95 %: \(bytes[0]) to \(bytes[4]))"
      )
    }
    return layout.lines
  }

  private static let shownChanges = 5

  private func text(_ change: ChangePoint) -> String {
    let at =
      input.hasClock && change.time > 1e9
      ? Instant(seconds: change.time).map { Quantity.minute($0) } ?? ""
      : input.hasClock
        ? "after \(TimeToLimitText.duration(change.time - report.from))"
        : "at sample \(change.index)"
    switch change.kind {
    case .slope: return "\(at): from \(rate(change.before)) to \(rate(change.after))"
    case .level, .restart:
      let sizes = [change.before, change.after].map { Bytes(Self.whole($0)).description }
      let word = change.kind == .restart ? "restart, " : ""
      return "\(at): \(word)from \(sizes[0]) to \(sizes[1])"
    }
  }

  private func rate(_ perHour: Double) -> String { Bytes(Self.whole(perHour)).description + "/h" }

  private static func whole(_ value: Double) -> Int64 {
    Int64(exactly: value.rounded()) ?? (value < 0 ? -Int64.max : .max)
  }
}
