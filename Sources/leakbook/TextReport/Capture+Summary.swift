import GoFormats
import LeakModel

extension Capture {
  /// What the capture holds, in one line with units.
  var summary: String {
    switch content {
    case .profile(let profile): profile.summary
    case .goroutines(let dump): dump.summary
    case .snapshots(let series): series.summary
    case .kernelTable(let table): Self.summary(of: table)
    case .smaps(let smaps):
      "Go heap \(Bytes(smaps.goHeap.rss)), C heap \(Bytes(smaps.cHeap.rss)), other anonymous "
        + "\(Bytes(smaps.otherAnonymous.rss)), files \(Bytes(smaps.files.rss)), resident"
    case .cgroup(let memory): memory.summary
    case .gcTrace(let trace): trace.summary
    case .kernelLog(let kills): kills.map(\.summary).joined(separator: "; ")
    case .crash(let crash): "\(crash.kind.rawValue): \(crash.message); \(crash.goroutines.summary)"
    case .debuggerGoroutines(let list): Quantity.counted(list.entries.count, "goroutine")
    case .profileReport(let report): report.summary
    case .processes(let processes): processes.map(\.summary).joined(separator: "; ")
    case .benchmarks(let results):
      results.map {
        "\($0.name): \($0.bytesPerOperation.shortText) B and \($0.allocationsPerOperation.shortText) allocations an operation"
      }.joined(separator: "; ")
    case .containers(let reports): reports.map(\.summary).joined(separator: "; ")
    case .story(let text):
      Quantity.counted(text.split(whereSeparator: \.isNewline).count, "line") + " of prose"
    case .unread: "recognised, kept as evidence, not read"
    }
  }

  /// The numbers of a table of the kernel that people look at first, as far as it has them.
  private static func summary(of table: [String: Int64]) -> String {
    let names = [
      "VmRSS", "VmHWM", "RssAnon", "RssFile", "VmSwap", "Rss", "Pss", "Anonymous", "Private_Dirty",
    ]
    let shown = names.compactMap { name in table[name].map { "\(name) \(Bytes($0))" } }
    guard shown.isEmpty else { return shown.prefix(4).joined(separator: ", ") }
    return Quantity.counted(table.count, "value")
  }
}

extension Profile {
  fileprivate var summary: String {
    let totals = FunctionTotals(self).totals
    let values = zip(sampleTypes, totals).map { type, total in
      "\(type.type) \(Quantity.value(total, unit: type.unit))"
    }
    return ([Quantity.counted(sampleCount, "sample")] + values).joined(separator: ", ")
  }
}

extension ProfileReport {
  fileprivate var summary: String {
    let name = sampleType.map { " of \($0)" } ?? ""
    let top = rows.first.map { ", \($0.function) first" } ?? ""
    return "pprof -\(kind.rawValue)\(name), \(Quantity.counted(rows.count, "function"))\(top)"
  }
}

extension ProcessUsage {
  fileprivate var summary: String {
    let size = resident.map { " \(Bytes($0)) resident" } ?? ""
    return command + size
  }
}

extension ContainerReport {
  fileprivate var summary: String {
    var parts = [name ?? "container"]
    if let memoryLimit { parts.append("limit \(Bytes(memoryLimit))") }
    if let memoryUsage { parts.append("uses \(Bytes(memoryUsage))") }
    if let lastReason { parts.append("ended: \(lastReason)") }
    if let exitCode { parts.append("exit \(exitCode)") }
    return parts.joined(separator: ", ")
  }
}

extension GoroutineDump {
  fileprivate var summary: String {
    let longest = entries.map(\.waitMinutes).max() ?? 0
    var text = Quantity.counted(total, "goroutine")
    text += " on \(Quantity.counted(stacks.count, "stack"))"
    if longest > 0 { text += ", longest wait \(Quantity.wait(minutes: longest))" }
    if isCut { text += ", cut short" }
    return text
  }
}

extension SnapshotSeries {
  fileprivate var summary: String {
    var parts = [Quantity.counted(count, "sample")]
    if let first = times.first, let last = times.last, last > first {
      parts[0] += " over \(Quantity.duration(nanoseconds: (last - first) * 1e9))"
    }
    for metric in [Metric.vmRSS, .heapInuse, .heapAlloc] {
      if let value = last(metric) { parts.append("\(metric.rawValue) \(Bytes(value))") }
    }
    if let value = last(.numGoroutine) {
      parts.append(Quantity.counted(Int64(value), "goroutine"))
    }
    return parts.joined(separator: ", ")
  }
}

extension CgroupMemory {
  fileprivate var summary: String {
    var parts: [String] = []
    if let usage { parts.append("usage \(Bytes(usage))") }
    if let limit {
      parts.append("limit \(Bytes(limit))")
    } else if isUnlimited {
      parts.append("no limit")
    }
    if let peak { parts.append("peak \(Bytes(peak))") }
    for name in ["anon", "file", "rss", "cache"] {
      if let value = stat[name] { parts.append("\(name) \(Bytes(value))") }
    }
    if let limitHits { parts.append("limit hit \(Quantity.counted(limitHits, "time"))") }
    if let oomKills { parts.append(Quantity.counted(oomKills, "OOM kill")) }
    return parts.isEmpty ? Quantity.counted(stat.count, "value") : parts.joined(separator: ", ")
  }
}

extension GCTrace {
  fileprivate var summary: String {
    var parts = [Quantity.counted(count, "GC cycle")]
    if let first = times.first, let last = times.last, last > first {
      parts[0] += " over \(Quantity.duration(nanoseconds: (last - first) * 1e9))"
    }
    if let first = live.first, let last = live.last {
      parts.append("live heap \(first.shortText) -> \(last.shortText) MiB")
    }
    if let percent = cpuPercents.last { parts.append("\(percent.shortText) % of CPU") }
    return parts.joined(separator: ", ")
  }
}

extension OOMKill {
  fileprivate var summary: String {
    var text = "\(isContainerKill ? "container" : "node") out of memory, killed \(process)"
    if let pid { text += " (\(pid))" }
    if let anonymous { text += ", anonymous \(Bytes(anonymous))" }
    return text
  }
}
