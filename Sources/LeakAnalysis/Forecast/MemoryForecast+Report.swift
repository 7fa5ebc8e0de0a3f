package import LeakModel

extension MemoryForecast {
  /// The report of a series under the names of its source.
  ///
  /// - Parameters:
  ///   - source: The file, or the service and its process.
  ///   - series: The column or the metric.
  ///   - report: The analysis.
  ///   - every: Rows that each sample stands for, where a long table was thinned.
  package init(source: String, series: String, report: SeriesReport, every: Int = 1) {
    let times = report.timeToLimit
    self.init(
      source: source,
      series: series,
      samples: report.sampleCount * every,
      skipped: report.skippedCount,
      from: report.from,
      to: report.to,
      verdict: report.verdict.rawValue,
      reason: report.reason,
      slope: report.slope?[1],
      slopeRange: report.slope.map { [$0[0], $0[2]] },
      changes: report.changes.map { change in
        Change(
          index: report.hasClock ? change.index * every : Int(change.time),
          at: change.time,
          kind: change.kind.rawValue,
          before: change.before,
          after: change.after
        )
      },
      limit: report.limit,
      timeToLimit: times.contains { $0 != nil }
        ? TimeToLimit(p10: times[0], p50: times[1], p90: times[2]) : nil,
      headroom: report.headroom,
      forecast: report.forecast.map { horizon in
        Horizon(
          after: horizon.after,
          p2: horizon.quantiles[0],
          p10: horizon.quantiles[1],
          p50: horizon.quantiles[2],
          p90: horizon.quantiles[3],
          p97: horizon.quantiles[4]
        )
      }
    )
  }

  /// The metrics that tell of memory, the most telling first.
  package static let preferred: [Metric] = [
    .vmRSS, .cgroupWorkingSet, .cgroupUsage, .rssAnon, .heapInuse, .heapAlloc, .alloc, .heapSys,
    .sys,
  ]

  /// The forecast of a process' memory; nil without a series of it.
  ///
  /// - Parameters:
  ///   - source: The file, or the service and its process.
  ///   - series: Its snapshots.
  ///   - limit: Bytes; nil takes the limit that the snapshots tell themselves.
  ///   - metric: nil takes the one that tells most of memory.
  package init?(
    source: String,
    series: SnapshotSeries,
    limit: Double? = nil,
    metric: Metric? = nil
  ) {
    guard let metric = metric ?? Self.preferred.first(where: { series.columns[$0] != nil }) else {
      return nil
    }
    let report = SeriesReport(series.samples(of: metric), limit: limit ?? series.containerLimit)
    self.init(source: source, series: metric.rawValue, report: report)
  }
}
