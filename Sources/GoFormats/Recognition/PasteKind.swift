import LeakModel

/// What a line of a paste can open and go on with.
///
/// A paste is cut into parts by these; each part is then read as a file of its own would be.
enum PasteKind: CaseIterable {
  case crash
  case goroutines
  case groups
  case profileText
  case report
  case benchmarks
  case cycles
  case kernel
  case json
  case exposition
  case debugger
  case table
  case mappings
  case processes
  case containers
  case cgroup
  case numbers

  /// The kind of capture that a line opens; nil for prose, and for a line that many could hold.
  init?(opening line: TextCursor) {
    guard let kind = Self.allCases.first(where: { $0.isOpened(by: line) }) else { return nil }
    self = kind
  }

  private func isOpened(by line: TextCursor) -> Bool {
    switch self {
    case .crash: CrashReport.isOpening(line)
    case .goroutines: WildGoroutines.Anchor(line) != nil || GoroutineHeader(line) != nil
    case .groups:
      TextSketch.isGroup(line) || line.find("goroutine profile: total ") != nil
        || line.find("goroutineleak profile: total ") != nil
    case .profileText: ProfileText.isHeader(line)
    case .report: ProfileReport.isReport(line)
    case .benchmarks: BenchmarkResult(line) != nil
    case .cycles: GCTrace.isCycle(line)
    case .kernel: Self.isKernel(line)
    case .json: Self.isJSON(line)
    case .exposition: Self.isExposition(line)
    case .debugger: DebuggerStacks.isLine(line) || DebuggerGoroutines.Entry(line) != nil
    case .table: Self.isTable(line)
    case .mappings: SmapsSummary.isMapping(line) || PmapLine(line) != nil
    case .processes: ProcessUsage.header(line) != nil
    case .containers: Self.isContainer(line)
    case .cgroup: Self.isCgroup(line)
    case .numbers: Self.isNumbers(line)
    }
  }

  /// Whether a part of this kind goes on with a line.
  func goesOn(with line: TextCursor) -> Bool {
    switch self {
    case .crash, .goroutines:
      return WildGoroutines.isCall(line) || isOpened(by: line)
        || PasteKind.goroutines.isOpened(by: line) || Self.isTraceRemark(line)
    case .groups: return line.starts(with: "#") || isOpened(by: line)
    case .profileText:
      return line.starts(with: "#") || line.find(" @") != nil || line.find("/second") != nil
    case .report: return isOpened(by: line) || Self.isReportLine(line)
    case .json: return true
    case .kernel: return Self.isKernel(line) || line.find("kernel:") != nil
    case .processes: return line.bytes[line.rest].contains(where: Ascii.isDigit)
    case .mappings:
      return isOpened(by: line) || Self.isMember(line)
        || line.starts(with: " total") || line.starts(with: "total kB")
    case .containers: return Self.isMember(line) || isOpened(by: line)
    case .table:
      return Self.isMember(line) || isOpened(by: line) || line.starts(with: "Max ")
    case .numbers: return Self.isNumbers(line) || Self.isRow(line)
    case .debugger:
      var content = line
      content.skipBlanks()
      return isOpened(by: line) || content.starts(with: "at ") || content.starts(with: "(gdb)")
    case .benchmarks, .cycles, .exposition, .cgroup: return isOpened(by: line)
    }
  }
}

extension PasteKind {
  private static func isTraceRemark(_ line: TextCursor) -> Bool {
    line.find("frames elided...") != nil || line.find("runtime stack:") != nil
      || line.find("[originating from goroutine") != nil || line.find("[signal ") != nil
      || line.find("goroutine running") != nil || line.find("exit status 2") != nil
  }

  private static func isReportLine(_ line: TextCursor) -> Bool {
    let headers: [StaticString] = [
      "File: ", "Build ID: ", "Type: ", "Time: ", "Duration: ", "Dropped ", "Showing top ",
      "Total: ", "(pprof)", "Entering interactive", "Active filters:", "-----",
    ]
    if headers.contains(where: { line.starts(with: $0) }) { return true }
    var indented = line
    indented.skipBlanks()
    guard let first = indented.next else { return false }
    return indented.offset - line.offset >= 6 || Ascii.isDigit(first) || first == UInt8(ascii: ".")
  }

  private static func isKernel(_ line: TextCursor) -> Bool {
    line.find("Killed process ") != nil || line.find("oom-kill:constraint=") != nil
      || line.find("invoked oom-killer") != nil || line.find("Kill process ") != nil
      || line.find("Memory cgroup stats for") != nil
  }

  private static func isJSON(_ line: TextCursor) -> Bool {
    var line = line
    line.skipBlanks()
    guard let first = line.next, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return false
    }
    line.offset += 1
    line.skipBlanks()
    return line.isAtEnd || line.next == UInt8(ascii: "\"") || line.next == UInt8(ascii: "{")
  }

  private static func isExposition(_ line: TextCursor) -> Bool {
    var line = line
    if line.starts(with: "# HELP ") || line.starts(with: "# TYPE ") || line.starts(with: "# EOF") {
      return true
    }
    let name = line.take(while: Ascii.isWord)
    guard line.bytes[name].contains(UInt8(ascii: "_")) else { return false }
    if line.take("{"), let brace = line.findLast(UInt8(ascii: "}")) { line.offset = brace + 1 }
    guard line.take(" ") else { return false }
    // `anon_thp 0` of memory.stat looks alike: only names with a known family count.
    let families: [StaticString] = ["go_", "process_", "container_", "promhttp_", "jvm_"]
    return line.takeNumber() != nil
      && families.contains { line.part(name).starts(with: $0) }
  }

  private static func isTable(_ line: TextCursor) -> Bool {
    let names: [StaticString] = [
      "VmPeak:", "VmSize:", "VmRSS:", "VmHWM:", "RssAnon:", "MemTotal:", "MemFree:",
      "MemAvailable:", "Limit   ", "Name:\t",
    ]
    return names.contains { line.starts(with: $0) }
  }

  private static func isContainer(_ line: TextCursor) -> Bool {
    if ContainerReport.isTableHeader(line) { return true }
    var line = line
    line.skipBlanks()
    let names: [StaticString] = [
      "Limits:", "limits:", "Last State:", "lastState:", "Containers:", "Reason:       OOMKilled",
      "reason: OOMKilled", "\"OOMKilled\":",
    ]
    return names.contains { line.starts(with: $0) }
  }

  private static func isCgroup(_ line: TextCursor) -> Bool {
    var line = line
    let names: Set = [
      "anon", "file", "kernel_stack", "pagetables", "sock", "shmem", "inactive_file", "cache",
      "rss", "oom_kill_disable", "oom_kill", "under_oom", "oom", "max", "high", "low",
      "active_file", "slab", "inactive_anon", "active_anon", "mapped_file", "oom_group_kill",
      "file_mapped", "rss_huge", "unevictable",
    ]
    let name = line.take { Ascii.isWord($0) }
    guard line.take(" "), line.takeInteger() != nil, line.isAtEnd else { return false }
    return names.contains(line.string(name)) || line.part(name).find("_") != nil
  }

  private static func isNumbers(_ line: TextCursor) -> Bool {
    if line.find("/memory/classes/") != nil || line.find("/gc/heap/") != nil { return true }
    if MemStatsName.header(line) != nil { return true }
    let pairs = MemStatsName.pairs(line)
    return pairs.count >= 2 || pairs.contains { $0.value >= 1_024 && $0.metric != .threads }
  }

  private static func isRow(_ line: TextCursor) -> Bool {
    var line = line
    guard line.takeNumber() != nil, line.takeWord() != nil else { return false }
    return true
  }

  /// `  Exit Code:    137`, `- name: GOGC`, `VmRSS:	 34100 kB`.
  private static func isMember(_ line: TextCursor) -> Bool {
    var content = line
    content.skipBlanks()
    guard !content.isAtEnd else { return false }
    if content.offset > line.offset { return true }
    let name = content.take { $0 != Ascii.colon && !Ascii.isBlank($0) }
    return !name.isEmpty && content.next == Ascii.colon && name.count <= 40
  }
}
