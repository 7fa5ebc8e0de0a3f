package import LeakModel

/// The name of a capture format, as `diagnose --json` and `inspect` print it.
package enum CaptureFormat: String, Sendable, CaseIterable {
  case pprofHeap = "pprof-heap"
  case pprofAllocs = "pprof-allocs"
  case pprofGoroutine = "pprof-goroutine"
  case pprofCPU = "pprof-cpu"
  case pprofOther = "pprof"
  case goroutineDump = "goroutine-debug2"
  case goroutineGroups = "goroutine-debug1"
  case snapshots = "samples-jsonl"
  case procStatus = "proc-status"
  case smapsRollup = "smaps-rollup"
  case smaps = "smaps"
  case procLimits = "proc-limits"
  case cgroupV1 = "cgroup-v1"
  case cgroupV2 = "cgroup-v2"
  case gcTrace = "gctrace"
  case kernelLog = "kernel-oom"
  case crash = "go-crash"
  case exposition = "prometheus-text"
  case debuggerGoroutines = "gdb-goroutines"
  case executionTrace = "go-trace"
}

/// A capture that was recognised and read.
package struct Capture: Sendable {
  /// What a capture holds, by kind.
  package enum Content: Sendable {
    case profile(Profile)
    case goroutines(GoroutineDump)
    case snapshots(SnapshotSeries)
    /// /proc/PID/status, smaps_rollup or limits: the names of the file, bytes where it says kB.
    case kernelTable([String: Int64])
    case smaps(SmapsSummary)
    case cgroup(CgroupMemory)
    case gcTrace(GCTrace)
    case kernelLog([OOMKill])
    case crash(CrashReport)
    case debuggerGoroutines(DebuggerGoroutines)
    /// Recognised, but nothing in it is read (yet): kept as evidence.
    case unread
  }

  /// The name it came under.
  package let source: String
  package let format: CaptureFormat
  package let content: Content
  /// When it was captured, as far as the capture itself tells.
  package let capturedAt: Instant?
  /// What was skipped inside, in words; empty when all was read.
  package let remarks: [String]

  package init(
    source: String,
    format: CaptureFormat,
    content: Content,
    capturedAt: Instant? = nil,
    remarks: [String] = []
  ) {
    self.source = source
    self.format = format
    self.content = content
    self.capturedAt = capturedAt
    self.remarks = remarks
  }
}
