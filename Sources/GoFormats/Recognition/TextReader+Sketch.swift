import LeakModel

extension TextReader {
  /// Reads a text by its sketch: a file as a tool or the kernel wrote it, or a log.
  func sketched(_ bytes: [UInt8], _ sketch: TextSketch) -> [Capture] {
    switch sketch.kind {
    case .json:
      return snapshots(.snapshots, SnapshotSeries.read(json: bytes, limits: limits))
    case .smapsRollup:
      return [capture(.smapsRollup, .kernelTable(KernelTable.read(table: bytes)))]
    case .smaps: return [capture(.smaps, .smaps(SmapsSummary(bytes)))]
    case .status: return [capture(.procStatus, .kernelTable(KernelTable.read(table: bytes)))]
    case .limits: return [capture(.procLimits, .kernelTable(KernelTable.read(limits: bytes)))]
    case .goroutineGroups: return groups(bytes)
    case .exposition:
      let read = snapshots(.exposition, SnapshotSeries.read(exposition: bytes))
      return read.isEmpty ? [capture(.exposition, .unread)] : read
    case .debugger:
      return [capture(.debuggerGoroutines, .debuggerGoroutines(DebuggerGoroutines(bytes)))]
    case .goroutineDump: return goroutines(bytes)
    case .log, .unknown: break
    }
    if let memory = CgroupMemory(bytes, source: source) {
      return [capture(memory.version == 2 ? .cgroupV2 : .cgroupV1, .cgroup(memory))]
    }
    return log(bytes, sketch)
  }

  /// Reads what matters in a log: one capture a kind.
  private func log(_ bytes: [UInt8], _ sketch: TextSketch) -> [Capture] {
    var captures: [Capture] = []
    if sketch.hasCycles { captures.append(capture(.gcTrace, .gcTrace(GCTrace(bytes)))) }
    if sketch.hasKills {
      let kills = OOMKill.read(bytes)
      if !kills.isEmpty {
        captures.append(capture(.kernelLog, .kernelLog(kills), at: kills.compactMap(\.at).max()))
      }
    }
    if let crash = CrashReport(bytes, limits: limits) {
      captures.append(capture(.crash, .crash(crash), skipped: crash.goroutines.skipped))
    } else if sketch.hasGoroutines {
      captures += goroutines(bytes)
    }
    return captures
  }

  func goroutines(_ bytes: [UInt8]) -> [Capture] {
    let dump = GoroutineDump(anyLayout: bytes, limits: limits)
    guard !dump.entries.isEmpty else { return [] }
    return [capture(.goroutineDump, .goroutines(dump), skipped: dump.skipped)]
  }

  private func groups(_ bytes: [UInt8]) -> [Capture] {
    var dump = GoroutineDump(groups: bytes)
    // This profile holds the goroutines that the leak detector found, and no others.
    if TextCursor(bytes.prefix(256).map { $0 }).find("goroutineleak profile: ") != nil {
      dump.entries = dump.entries.map(\.leaked)
    }
    return [capture(.goroutineGroups, .goroutines(dump), skipped: dump.skipped)]
  }

  func snapshots(_ format: CaptureFormat, _ parsed: Parsed<SnapshotSeries>) -> [Capture] {
    guard let last = parsed.value.times.last else { return [] }
    // Below 10^8 (1973) the times count from the process's start.
    let time = last > 1e8 ? Instant(seconds: last) : nil
    return [capture(format, .snapshots(parsed.value), at: time, skipped: parsed.skipped)]
  }

  func capture(
    _ format: CaptureFormat,
    _ content: Capture.Content,
    at time: Instant? = nil,
    skipped: [ParseError] = []
  ) -> Capture {
    Capture(
      source: source,
      format: format,
      content: content,
      capturedAt: time,
      remarks: skipped.map(\.description)
    )
  }
}

extension GoroutineDump.Entry {
  /// The same, found leaked by the runtime.
  fileprivate var leaked: Self {
    Self(
      id: id,
      count: count,
      state: state,
      waitMinutes: waitMinutes,
      isLockedToThread: isLockedToThread,
      stack: stack,
      createdBy: createdBy,
      isLeaked: true
    )
  }
}
