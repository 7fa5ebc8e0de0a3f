package import LeakModel

extension SnapshotSeries {
  /// Reads the answer of Prometheus to `query_range` or `query`.
  ///
  /// `{"metric":{"__name__":"go_goroutines",…},"values":[[1767775080,"8"],…]}`; of several containers
  /// one is read, and a remark names the others (`OwnedSeries`); a series without a name tells no
  /// metric and is left out. Snapshots of one time are brought together.
  package static func read(queryRange bytes: [UInt8]) -> Parsed<SnapshotSeries> {
    var owned = OwnedSeries()
    var text = TextCursor(bytes)
    while text.take(through: "\"metric\"") {
      let start = text.offset
      let next = text.find("\"metric\"") ?? text.end
      var series = text.part(start..<next)
      text.offset = next
      guard let values = series.find("\"value"),
        let known = name(series.part(start..<values))
      else { continue }
      series.offset = values
      var samples: [Sample] = []
      while let (time, value) = takePair(&series) {
        if value.isFinite { samples.append(Sample(time: time, value: value * known.scale)) }
      }
      owned.add(
        samples,
        of: known.metric,
        isGo: known.isGo,
        owner: SeriesOwner(labels: text.part(start..<values)),
        at: .byte(start)
      )
    }
    let (samples, remark) = owned.chosen()
    var rows: [Double: [Metric: Double]] = [:]
    for (metric, column) in samples {
      for sample in column { rows[sample.time, default: [:]][metric] = sample.value }
    }
    var parsed = Parsed(SnapshotSeries())
    for time in rows.keys.sorted() { parsed.value.append(at: time, rows[time] ?? [:]) }
    if let remark { parsed.skip(remark) }
    return parsed
  }

  private static func name(
    _ labels: TextCursor
  ) -> (metric: Metric, scale: Double, isGo: Bool)? {
    var labels = labels
    guard labels.take(through: "\"__name__\""), labels.take(through: "\"") else { return nil }
    let isGo = labels.starts(with: "go_")
    return metricNames[labels.string(labels.take(while: Ascii.isWord))]
      .map { ($0.metric, $0.scale, isGo) }
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
