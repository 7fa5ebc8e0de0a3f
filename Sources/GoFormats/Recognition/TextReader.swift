import LeakModel

/// Reads a text capture by what its lines look like, as a whole or as a paste of several.
struct TextReader {
  let source: String
  let limits: ParseLimits

  /// How far into a text its own words are looked for: what comes before them is a header, not data.
  private static let headBytes = 1 << 20

  /// Reads a text; empty when it is like nothing that is known.
  func read(_ bytes: [UInt8], _ sketch: TextSketch) -> [Capture] {
    guard bytes.count <= limits.pastedBytes else { return large(bytes, sketch) }
    if WildGoroutines.isNewestFirst(bytes) {
      let reversed = Self.reversed(bytes)
      return read(reversed, Paste(reversed))
    }
    return read(bytes, Paste(bytes))
  }

  private func read(_ bytes: [UInt8], _ paste: Paste) -> [Capture] {
    guard paste.isMixed else { return one(bytes, paste.parts.first?.kind) }
    var captures: [Capture] = []
    var ranges: [ClosedRange<Int>] = []
    for part in paste.parts {
      let name = "\(source):\(part.lines.lowerBound)-\(part.lines.upperBound)"
      let found = TextReader(source: name, limits: limits)
        .one(Array(bytes[part.bytes]), part.kind)
      if !found.isEmpty { ranges.append(part.lines) }
      captures += found
    }
    let story = paste.story(outside: ranges)
    if !captures.isEmpty, !story.isEmpty { captures.append(capture(.story, .story(story))) }
    return captures
  }

  /// Reads a text that is no paste; only where the sketch leaves it open are its lines looked at.
  private func large(_ bytes: [UInt8], _ sketch: TextSketch) -> [Capture] {
    guard sketch.isOpen, let kind = Self.firstKind(in: bytes) else {
      return sketched(bytes, sketch)
    }
    let captures = special(bytes, kind)
    return captures.isEmpty ? sketched(bytes, sketch) : captures
  }

  /// The kind of the first line that tells one.
  private static func firstKind(in bytes: [UInt8]) -> PasteKind? {
    var text = TextCursor(bytes, range: 0..<min(bytes.count, headBytes))
    while let line = text.takeLine() {
      if let kind = PasteKind(opening: line) { return kind }
    }
    return nil
  }

  private static func reversed(_ bytes: [UInt8]) -> [UInt8] {
    Array(
      bytes.split(separator: Ascii.newline, omittingEmptySubsequences: false).reversed().joined(
        separator: [Ascii.newline])
    )
  }

  /// Reads a text that holds captures of one kind, or a log.
  private func one(_ bytes: [UInt8], _ kind: PasteKind?) -> [Capture] {
    let captures = kind.map { special(bytes, $0) } ?? []
    return captures.isEmpty ? sketched(bytes, TextSketch(bytes)) : captures
  }

  /// Reads the kinds that a line tells better than the sketch of a whole file does.
  private func special(_ bytes: [UInt8], _ kind: PasteKind) -> [Capture] {
    switch kind {
    case .report:
      return ProfileReport(bytes).map { [capture(.pprofReport, .profileReport($0), at: $0.time)] }
        ?? []
    case .profileText:
      return (try? Capture.profile(bytes, source: source, limits: limits)) ?? []
    case .benchmarks:
      let results = BenchmarkResult.read(bytes)
      return results.isEmpty ? [] : [capture(.benchmarks, .benchmarks(results))]
    case .json: return json(bytes)
    case .containers:
      let isTable = Self.hasLine(bytes, ContainerReport.isTableHeader)
      return containers(isTable ? ContainerReport.read(table: bytes) : ContainerReport.read(bytes))
    case .processes:
      let processes = ProcessUsage.read(bytes)
      return processes.isEmpty ? [] : [capture(.processes, .processes(processes))]
    case .numbers: return numbers(bytes)
    case .mappings:
      if Self.hasLine(bytes, { PmapLine($0) != nil }) {
        return [capture(.pmap, .smaps(SmapsSummary(pmap: bytes)))]
      }
      guard !Self.hasLine(bytes, { $0.starts(with: "Rss:") || $0.find("[rollup]") != nil }) else {
        return []
      }
      return [capture(.maps, .smaps(SmapsSummary(bytes)))]
    case .table:
      guard Self.hasLine(bytes, { $0.starts(with: "MemTotal:") || $0.starts(with: "MemFree:") })
      else { return [] }
      return [capture(.meminfo, .kernelTable(KernelTable.read(table: bytes)))]
    case .debugger:
      let stacks = DebuggerStacks(bytes).text
      guard !stacks.isEmpty else { return [] }
      var dump = GoroutineDump(stacks: stacks, limits: limits)
      // Debuggers name no creator: its absence tells nothing.
      dump.isCut = false
      return [capture(.debuggerStacks, .goroutines(dump))]
    case .goroutines:
      guard !Self.hasLine(bytes, { CrashReport.isOpening($0) || GCTrace.isCycle($0) }) else {
        return []
      }
      return goroutines(bytes)
    case .groups, .crash, .cycles, .kernel, .exposition, .cgroup: return []
    }
  }

  private func json(_ bytes: [UInt8]) -> [Capture] {
    let text = TextCursor(bytes)
    let head = text.part(0..<min(bytes.count, Self.headBytes))
    if head.find("\"resultType\"") != nil {
      return snapshots(.queryRange, SnapshotSeries.read(queryRange: bytes))
    }
    if head.find("/memory/classes/") != nil {
      return snapshots(.runtimeMetrics, Parsed(SnapshotSeries(runtimeMetrics: bytes)))
    }
    let rows = snapshots(.snapshots, SnapshotSeries.read(json: bytes, limits: limits))
    guard rows.isEmpty else { return rows }
    let isStatus = text.find("\"OOMKilled\":") != nil || text.find("\"limits\":") != nil
    return isStatus ? containers(ContainerReport.read(bytes)) : []
  }

  private func numbers(_ bytes: [UInt8]) -> [Capture] {
    let head = TextCursor(bytes, range: 0..<min(bytes.count, Self.headBytes))
    if head.find("/memory/classes/") != nil || head.find("/gc/heap/") != nil {
      return snapshots(.runtimeMetrics, Parsed(SnapshotSeries(runtimeMetrics: bytes)))
    }
    return snapshots(.memStatsText, Parsed(SnapshotSeries(memStatsText: bytes)))
  }

  private func containers(_ reports: [ContainerReport]) -> [Capture] {
    guard !reports.isEmpty else { return [] }
    let time = reports.compactMap(\.finishedAt).max()
    return [capture(.containers, .containers(reports), at: time)]
  }

  private static func hasLine(_ bytes: [UInt8], _ holds: (TextCursor) -> Bool) -> Bool {
    var text = TextCursor(bytes)
    while let line = text.takeLine() {
      if holds(line) { return true }
    }
    return false
  }
}
