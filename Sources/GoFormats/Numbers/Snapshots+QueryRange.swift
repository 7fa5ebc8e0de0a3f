package import LeakModel

extension SnapshotSeries {
  /// Reads the answer of Prometheus to `query_range` or `query`.
  ///
  /// `{"metric":{"__name__":"go_goroutines",…},"values":[[1767775080,"8"],…]}`; of several series of
  /// one name the first counts; one without a name tells no metric and is left out. Snapshots of one
  /// time are brought together.
  package init(queryRange bytes: [UInt8]) {
    self.init()
    var rows: [Double: [Metric: Double]] = [:]
    var seen: Set<Metric> = []
    var text = TextCursor(bytes)
    while text.take(through: "\"metric\"") {
      let next = text.find("\"metric\"") ?? text.end
      var series = text.part(text.offset..<next)
      text.offset = next
      guard let values = series.find("\"value"),
        let known = Self.name(series.part(series.offset..<values)),
        seen.insert(known.metric).inserted
      else { continue }
      series.offset = values
      while let (time, value) = Self.takePair(&series) {
        if value.isFinite { rows[time, default: [:]][known.metric] = value * known.scale }
      }
    }
    for time in rows.keys.sorted() { append(at: time, rows[time] ?? [:]) }
  }

  private static func name(_ labels: TextCursor) -> (metric: Metric, scale: Double)? {
    var labels = labels
    guard labels.take(through: "\"__name__\""), labels.take(through: "\"") else { return nil }
    return metricNames[labels.string(labels.take(while: Ascii.isWord))]
  }

  /// Takes the next `[1767775080.5,"25010176"]`.
  private static func takePair(_ series: inout TextCursor) -> (time: Double, value: Double)? {
    while let byte = series.next {
      if Ascii.isDigit(byte), let time = series.takeNumber() {
        guard series.take(through: "\""), let value = series.takeNumber() else { return nil }
        _ = series.take("\"")
        return (time, value)
      }
      series.offset += 1
    }
    return nil
  }
}
