/// A stretch of a series between two changes.
struct SeriesStretch: Sendable {
  /// What began it; nil for the series' own start.
  let begunBy: SeriesAlarm.Kind?
  /// Seconds.
  let start: Double
  var history: CompactHistory
}
