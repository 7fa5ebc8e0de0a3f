import LeakModel

extension ProfileReport {
  /// Reads what pprof's reports print, with or without their headers; nil when no row is found.
  ///
  /// `72.73MB 60.71% 60.71%    72.73MB 60.71%  main.newPartitions` of `-top`, after either
  /// `Showing nodes accounting for 118.8MB, 99.17% of 119.80MB total` or, before Go 1.9,
  /// `10.10GB of 10.36GB total (97.5%)`. A row cut in the middle is passed over.
  /// Source: internal/report of google/pprof.
  package init?(_ bytes: [UInt8]) {
    self.init(kind: .top)
    var text = TextCursor(bytes)
    var peek = PeekReader()
    var trace = TraceReader()
    var routine: (name: String, file: String)?
    var largestShare = 0.0
    while let line = text.takeLine() {
      if readHeader(line) { continue }
      if line.starts(with: "----------"), line.find("-+--") != nil { peek.endBlock() }
      if let next = takeRoutine(line, &text) {
        routine = next
      } else if let (name, file) = routine, let sourceLine = takeLine(line, name, file) {
        lines.append(sourceLine)
      } else if let row = takeRow(line) {
        rows.append(row.value)
        if row.share > largestShare, row.value.cumulative > 0 {
          // The largest percentage tells the total most exactly.
          (largestShare, impliedTotal) = (row.share, row.value.cumulative / row.share * 100)
        }
        if row.isPeek { peek.setFunction(row.value.function, in: &self) }
      } else if let call = takeCall(line) {
        peek.add(call, to: &self)
      } else if kind != .list, kind != .peek {
        trace.read(line, into: &self)
      }
    }
    trace.finish(&self)
    if !traces.isEmpty { addUpTraces() }
    // Values that are all zero carry no unit.
    if let sampleType, unit == .count {
      if sampleType.hasSuffix("_space") { unit = .bytes }
      if sampleType == "cpu" || sampleType == "delay" { unit = .nanoseconds }
    }
    guard !rows.isEmpty || !lines.isEmpty else { return nil }
  }

  /// Whether a line can only come from one of pprof's reports.
  static func isReport(_ line: TextCursor) -> Bool {
    var report = ProfileReport(kind: .top)
    return line.find("Showing nodes accounting for ") != nil
      || line.starts(with: "ROUTINE ====") || line.starts(with: "Type: inuse_")
      || line.starts(with: "Type: alloc_") || line.starts(with: "Type: cpu")
      || line.starts(with: "-----------+----") || isColumnHeader(line)
      || OldTotal(line) != nil || report.takeRow(line) != nil
  }

  static func isColumnHeader(_ line: TextCursor) -> Bool {
    var line = line
    line.skipBlanks()
    return line.take("flat ") && line.find("flat%") != nil && line.find("cum") != nil
  }

  private mutating func readHeader(_ line: TextCursor) -> Bool {
    var line = line
    line.skipBlanks()
    if line.take("Type: ") {
      line.trimEnd()
      sampleType = line.string(line.rest)
      return true
    }
    if line.take("Time: ") {
      line.trimEnd()
      time = Self.time(line)
      return true
    }
    if line.take(through: "Showing nodes accounting for ") {
      if line.take(through: "% of "), let quantity = take(&line) { total = quantity }
      return true
    }
    if line.take("Total: ") {
      if let quantity = take(&line) { total = quantity }
      return true
    }
    if let old = OldTotal(line) {
      total = old.total.value
      note(old.total.unit)
      return true
    }
    return Self.isColumnHeader(line)
  }

  /// Reads `2026-11-21 02:57:24 UTC`; another zone's letters say no offset for sure.
  private static func time(_ line: TextCursor) -> Instant? {
    var bytes = Array(line.bytes[line.rest])
    guard bytes.count == 23, line.part(line.end - 4..<line.end).starts(with: " UTC") else {
      return nil
    }
    bytes[10] = UInt8(ascii: "T")
    return Instant(utf8: bytes.prefix(19) + [UInt8(ascii: "Z")])
  }

  /// Takes a value and learns the report's unit from it.
  mutating func take(_ line: inout TextCursor) -> Double? {
    guard let quantity = ProfileQuantity(&line) else { return nil }
    note(quantity.unit)
    return quantity.value
  }

  private mutating func note(_ unit: Unit?) {
    if let unit { self.unit = unit }
  }

  /// Takes a row of `-top`, or the middle row of a `-peek` block, which has a bar before the name.
  private mutating func takeRow(
    _ line: TextCursor
  ) -> (value: Row, share: Double, isPeek: Bool)? {
    var line = line
    guard let flat = ProfileQuantity(&line), ProfileQuantity.takePercent(&line) != nil,
      ProfileQuantity.takePercent(&line) != nil, let cumulative = ProfileQuantity(&line),
      let share = ProfileQuantity.takePercent(&line)
    else { return nil }
    line.skipBlanks()
    let isPeek = line.take("|")
    guard let function = Self.function(line) else { return nil }
    note(flat.unit ?? cumulative.unit)
    let row = Row(function: function, flat: flat.value, cumulative: cumulative.value)
    return (row, share, isPeek)
  }

  /// Takes `5.53GB   100% |   net/http.(*conn).serve`, a neighbour in a `-peek` block.
  private mutating func takeCall(_ line: TextCursor) -> (function: String, value: Double)? {
    var line = line
    guard let value = ProfileQuantity(&line), ProfileQuantity.takePercent(&line) != nil else {
      return nil
    }
    line.skipBlanks()
    guard line.take("|"), let function = Self.function(line) else { return nil }
    note(value.unit)
    return (function, value.value)
  }

  /// Takes `ROUTINE ======================== main.f in /srv/main.go` and the totals on its next line.
  private mutating func takeRoutine(
    _ line: TextCursor,
    _ text: inout TextCursor
  ) -> (name: String, file: String)? {
    var line = line
    guard line.take("ROUTINE ="), line.take(through: "= ") else { return nil }
    line.trimEnd()
    kind = .list
    let split = line.find(" in ") ?? line.end
    let name = line.string(line.offset..<split)
    let file = line.string(min(split + 4, line.end)..<line.end)
    var ahead = text
    if var totals = ahead.takeLine(), let flat = take(&totals), let cumulative = take(&totals),
      totals.find("(flat, cum)") != nil
    {
      rows.append(Row(function: name, flat: flat, cumulative: cumulative))
      text = ahead
    }
    return (name, file)
  }

  /// Takes `46MB       46MB    458: it := new(Item)`; a dot stands for nothing.
  private mutating func takeLine(_ line: TextCursor, _ function: String, _ file: String) -> Line? {
    var line = line
    guard let flat = takeOrDot(&line), let cumulative = takeOrDot(&line) else { return nil }
    line.skipBlanks()
    guard let number = line.takeInteger(), line.take(":"), flat != 0 || cumulative != 0 else {
      return nil
    }
    return Line(
      function: function,
      file: file,
      line: Int(truncatingIfNeeded: number),
      flat: flat,
      cumulative: cumulative
    )
  }

  private mutating func takeOrDot(_ line: inout TextCursor) -> Double? {
    line.skipBlanks()
    return line.take(". ") ? 0 : take(&line)
  }

  /// The name that the rest of a line is, without the remark on inlining.
  static func function(_ line: TextCursor) -> String? {
    var line = line
    line.skipBlanks()
    line.trimEnd()
    if let remark = line.find(" (inline)") ?? line.find(" (partial-inline)") {
      line = line.part(line.offset..<remark)
    }
    return line.isAtEnd ? nil : line.string(line.rest)
  }

  /// Adds the traces up by function, as `-top` does: each function once a trace.
  private mutating func addUpTraces() {
    kind = .traces
    var order: [String] = []
    var sums: [String: (flat: Double, cumulative: Double)] = [:]
    for trace in traces {
      var seen: Set<String> = []
      for (depth, function) in trace.functions.enumerated() {
        if sums[function] == nil { order.append(function) }
        var sum = sums[function] ?? (0, 0)
        if depth == 0 { sum.flat += trace.value }
        if seen.insert(function).inserted { sum.cumulative += trace.value }
        sums[function] = sum
      }
    }
    rows = order.compactMap { name in
      sums[name].map { Row(function: name, flat: $0.flat, cumulative: $0.cumulative) }
    }
  }
}

/// `10.10GB of 10.36GB total (97.5%)`, which pprof printed before Go 1.9.
private struct OldTotal {
  let total: ProfileQuantity

  init?(_ line: TextCursor) {
    var line = line
    guard ProfileQuantity(&line) != nil, line.take(" of "), let total = ProfileQuantity(&line),
      line.take(" total (")
    else { return nil }
    self.total = total
  }
}
