package import LeakModel

extension SnapshotSeries {
  /// Reads MemStats as people and gops print them: names with `=` or `:`, perhaps several a line.
  ///
  /// `Alloc = 5 MiB	TotalAlloc = 10 MiB`, `heap-in-use: 17.00MB (17825792 bytes)`; or a table under
  /// a header such as `time_s count resident_MB Alloc_MB`. MB is 1,048,576 bytes here. A name seen
  /// again opens the next snapshot. The time is 0 unless the table has one in seconds.
  package init(memStatsText bytes: [UInt8]) {
    self.init()
    var values: [Metric: Double] = [:]
    var columns: [MemStatsName?] = []
    var text = TextCursor(bytes)
    while let line = text.takeLine() {
      if let header = MemStatsName.header(line) {
        columns = header
        continue
      }
      if !columns.isEmpty, appendRow(line, columns) { continue }
      for (metric, value) in MemStatsName.pairs(line) {
        if values[metric] != nil {
          append(at: 0, values)
          values = [:]
        }
        values[metric] = value
      }
    }
    if !values.isEmpty { append(at: 0, values) }
  }

  /// Adds a row of a table, as far as it goes; false when its first cell is no number.
  private mutating func appendRow(_ line: TextCursor, _ columns: [MemStatsName?]) -> Bool {
    var line = line
    var time = 0.0
    var values: [Metric: Double] = [:]
    for (index, column) in columns.enumerated() {
      line.skipBlanks()
      guard let number = line.takeNumber(), number.isFinite else {
        if index == 0 { return false }
        break
      }
      switch column {
      case .metric(let metric, let scale): values[metric] = number * scale
      case .time: time = number
      case nil: break
      }
    }
    if !values.isEmpty { append(at: time, values) }
    return true
  }
}

/// What a printed name or a column's heading stands for.
enum MemStatsName {
  case metric(Metric, scale: Double)
  /// Seconds.
  case time

  private static let known: [String: Metric] = {
    var names = Dictionary(
      Metric.allCases.map { (plain($0.rawValue.utf8), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let aliases: [(String, Metric)] = [
      ("stackmspaninuse", .mSpanInuse), ("stackmspansys", .mSpanSys),
      ("stackmcacheinuse", .mCacheInuse), ("stackmcachesys", .mCacheSys),
      ("goroutines", .numGoroutine), ("numgoroutines", .numGoroutine),
      ("rss", .vmRSS), ("resident", .vmRSS), ("residentsize", .vmRSS), ("memstatssys", .sys),
    ]
    for (name, metric) in aliases { names[name] = metric }
    return names
  }()

  /// Small letters and digits alone: `heap-in-use` and `HeapInUse` are one name.
  private static func plain(_ name: some Sequence<UInt8>) -> String {
    String(decoding: name.filter(Ascii.isAlphanumeric).map { $0 | 0x20 }, as: UTF8.self)
  }

  /// Looks a name up, with a unit at its end where it has one (`Alloc_MB`).
  init?(_ name: ArraySlice<UInt8>) {
    guard name.count <= 40 else { return nil }
    let plain = Self.plain(name)
    if plain == "times" || plain == "t" || plain == "seconds" {
      self = .time
      return
    }
    if let metric = Self.known[plain] {
      self = .metric(metric, scale: 1)
      return
    }
    let units: [(String, Double)] = [
      ("mib", 0x1p20), ("mb", 0x1p20), ("kib", 0x1p10), ("kb", 0x1p10), ("gib", 0x1p30),
      ("gb", 0x1p30), ("bytes", 1),
    ]
    for (unit, scale) in units where plain.hasSuffix(unit) {
      guard let metric = Self.known[String(plain.dropLast(unit.count))] else { continue }
      self = .metric(metric, scale: scale)
      return
    }
    return nil
  }

  /// The columns of a table's header; nil for a line with fewer than two known names or any number.
  static func header(_ line: TextCursor) -> [MemStatsName?]? {
    var line = line
    var columns: [MemStatsName?] = []
    var metrics = 0
    while let word = line.takeWord() {
      guard columns.count < 64, Ascii.isLetter(line.bytes[word.lowerBound]),
        line.bytes[word].allSatisfy({ Ascii.isWord($0) || $0 == UInt8(ascii: "-") })
      else { return nil }
      let name = MemStatsName(line.bytes[word])
      if case .metric = name { metrics += 1 }
      columns.append(name)
    }
    return metrics >= 2 ? columns : nil
  }

  /// The names and values of a line, in bytes where they are sizes.
  static func pairs(_ line: TextCursor) -> [(metric: Metric, value: Double)] {
    var line = line
    var pairs: [(Metric, Double)] = []
    while !line.isAtEnd {
      let name = line.take { Ascii.isWord($0) || $0 == UInt8(ascii: "-") }
      guard !name.isEmpty else {
        line.offset += 1
        continue
      }
      var cursor = line
      cursor.skipBlanks()
      guard cursor.take("=") || cursor.take(":"),
        case .metric(let metric, let scale) = MemStatsName(line.bytes[name])
      else { continue }
      cursor.skipBlanks()
      // gops prints a moment here, not a number.
      guard metric != .lastGC, let size = MemoryQuantity(&cursor, .binary) else { continue }
      line = cursor
      // gops gives the exact number behind the rounded one.
      if cursor.take(" ("), let exact = cursor.takeInteger(), cursor.take(" bytes)") {
        pairs.append((metric, Double(exact)))
        line = cursor
      } else {
        pairs.append((metric, size.hasUnit ? size.bytes : size.bytes * scale))
      }
    }
    return pairs
  }
}
