package import LeakModel

extension SnapshotSeries {
  /// Reads snapshots from JSON: one object a line, or a single object over any number of lines.
  ///
  /// `{"t": 1795230789.8, "HeapAlloc": 586568, "NumGoroutine": 5, "VmRSS": 11419648}`: `t` in
  /// seconds or milliseconds since 1970, the other members by the raw values of `Metric`, unknown
  /// ones passed over. A single object may lack `t` (its time is 0), and may hold the numbers in a
  /// member `memstats`, as expvar's /debug/vars does.
  ///
  /// A broken line is skipped and recorded.
  package static func read(
    json bytes: [UInt8],
    limits: ParseLimits = .default
  ) -> Parsed<SnapshotSeries> {
    var result = Parsed(SnapshotSeries())
    var document = JSONScanner(TextCursor(bytes))
    if let row = SnapshotRow(&document), document.isAtEnd {
      let time = row.time.flatMap { SnapshotSeries.isPossible($0) ? $0 : nil }
      if !row.values.isEmpty { result.value.append(at: time ?? 0, row.values) }
      return result
    }
    var builder = SnapshotSeriesBuilder()
    var text = TextCursor(bytes)
    var number = 0
    while let line = text.takeLine() {
      number += 1
      var scanner = JSONScanner(line)
      if scanner.isAtEnd { continue }
      if line.rest.count > limits.lineBytes {
        result.skip(
          line: number,
          format: "samples",
          "line is longer than the limit of \(limits.lineBytes) bytes"
        )
      } else if let row = SnapshotRow(&scanner), scanner.isAtEnd {
        guard let time = row.time else {
          result.skip(line: number, format: "samples", "object has no time \"t\"")
          continue
        }
        guard SnapshotSeries.isPossible(time) else {
          result.skip(line: number, format: "samples", "the time \"t\" is outside of the calendar")
          continue
        }
        if !row.values.isEmpty { builder.append(at: time, row.values) }
      } else {
        result.skip(line: number, format: "samples", "not a JSON object with its end")
      }
    }
    result.value = builder.build()
    return result.value.count > 0 ? result : objects(bytes) ?? result
  }

  /// Reads objects over any number of lines, one behind the other.
  ///
  /// A loop of `curl …/debug/vars` collects such; without a time in them only the last can be used.
  private static func objects(_ bytes: [UInt8]) -> Parsed<SnapshotSeries>? {
    var rows: [SnapshotRow] = []
    var scanner = JSONScanner(TextCursor(bytes))
    while !scanner.isAtEnd {
      guard let row = SnapshotRow(&scanner) else { return nil }
      if !row.values.isEmpty { rows.append(row) }
    }
    guard let last = rows.last else { return nil }
    var result = Parsed(SnapshotSeries())
    var builder = SnapshotSeriesBuilder()
    for row in rows {
      if let time = row.time, SnapshotSeries.isPossible(time) {
        builder.append(at: time, row.values)
      }
    }
    result.value = builder.build()
    if result.value.count == 0 {
      result.value.append(at: 0, last.values)
      result.skip(
        line: 1,
        format: "samples",
        "\(rows.count) objects without a time \"t\", of which the last was read"
      )
    }
    return result
  }

  /// Reads the `# HeapInuse = 1286144` lines that end a heap profile in text (`debug=1`).
  package init(memStatsComments bytes: [UInt8]) {
    self.init()
    var values: [Metric: Double] = [:]
    var text = TextCursor(bytes)
    while var line = text.takeLine() {
      guard line.take("# ") else { continue }
      let name = line.take(while: Ascii.isWord)
      guard line.take(" = "), let metric = Metric.named(line.string(name)) else { continue }
      values[metric] = line.takeNumber()
    }
    if !values.isEmpty { append(at: 0, values) }
  }
}

extension Metric {
  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// The metric of that raw value; quicker than `init(rawValue:)`, which compares all in turn.
  static func named(_ name: String) -> Metric? { byName[name] }
}

/// The numbers of one JSON object.
private struct SnapshotRow {
  /// Seconds since 1970.
  var time: Double?
  var values: [Metric: Double] = [:]

  /// Takes an object; nil when the next value is none or it does not end.
  init?(_ scanner: inout JSONScanner) {
    guard scanner.enterObject() else { return nil }
    while let key = scanner.takeKey() {
      let name = scanner.text.string(key)
      if let number = scanner.takeNumber() {
        if name == "t" {
          // Seconds reach 10^11 in the year 5138, milliseconds did in 1973.
          time = abs(number) >= 1e11 ? number / 1_000 : number
        } else if let metric = Metric.named(name) {
          values[metric] = number
        }
      } else if name == "memstats", let inner = SnapshotRow(&scanner) {
        values.merge(inner.values) { $1 }
      } else if !scanner.skipValue() {
        return nil
      }
    }
    guard scanner.leaveObject() else { return nil }
  }
}
