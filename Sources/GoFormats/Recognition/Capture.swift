package import LeakModel

/// The name of a capture format, as `diagnose --json` and `inspect` print it.
package enum CaptureFormat: String, Sendable, CaseIterable {
  case pprofHeap = "pprof-heap"
  case pprofAllocs = "pprof-allocs"
  case pprofGoroutine = "pprof-goroutine"
  /// The goroutines that Go 1.26's leak detector found: each of them is leaked.
  case pprofGoroutineLeak = "pprof-goroutineleak"
  case pprofCPU = "pprof-cpu"
  case pprofOther = "pprof"
  /// What `go tool pprof` printed: -top, -list, -traces, -peek.
  case pprofReport = "pprof-report"
  case goroutineDump = "goroutine-debug2"
  case goroutineGroups = "goroutine-debug1"
  case snapshots = "samples-jsonl"
  /// MemStats printed by hand or by gops.
  case memStatsText = "memstats-text"
  case runtimeMetrics = "runtime-metrics"
  case queryRange = "prometheus-json"
  case procStatus = "proc-status"
  case smapsRollup = "smaps-rollup"
  case smaps = "smaps"
  case maps
  case pmap
  case meminfo
  case processes = "ps"
  case containers = "container-status"
  case procLimits = "proc-limits"
  case cgroupV1 = "cgroup-v1"
  case cgroupV2 = "cgroup-v2"
  case gcTrace = "gctrace"
  case kernelLog = "kernel-oom"
  case crash = "go-crash"
  case exposition = "prometheus-text"
  case debuggerGoroutines = "gdb-goroutines"
  /// Stacks by gdb's `goroutine N bt` or delve's `goroutines -t`.
  case debuggerStacks = "debugger-stacks"
  case benchmarks = "go-benchmarks"
  /// The prose of a paste.
  case story
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
    case profileReport(ProfileReport)
    case processes([ProcessUsage])
    case containers([ContainerReport])
    case benchmarks([BenchmarkResult])
    /// What is left of a paste without its captures and fences.
    case story(String)
    /// Recognised, but nothing in it is read (yet): kept as evidence.
    case unread
  }

  /// The name it came under; of a part of a paste with its lines, `paste.txt:12-80`.
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
