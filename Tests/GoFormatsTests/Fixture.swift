import Foundation

/// The files in Tests/Fixtures: captures of real Go programs, named by what they hold.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static let all = [
    "cgroup-v1-memory.stat", "container.openmetrics", "crash-concurrent-map.log",
    "crash-unsafe-pointer.log", "delve-goroutines.txt", "docker-inspect.json",
    "execution-trace-start.out", "gctrace-go-1.27.log", "gdb-backtrace.txt",
    "gdb-info-goroutines.txt", "goleak.txt", "gops-memstats.txt",
    "goroutine-channel-send-blocked.pb.gz", "goroutine-debug2-cut.txt", "goroutines-journald.log",
    "goroutines-kubectl-timestamps.log", "goroutines-merged.txt", "goroutines-newest-first.log",
    "heap-http-body-unclosed.pb.gz", "kernel-log-container-kill.txt", "kubectl-describe.txt",
    "kubectl-top.txt", "memstats-by-hand.txt", "metrics-client-golang.prom", "paste-chat.txt",
    "pmap-x.txt", "pprof-list.txt", "pprof-peek.txt", "pprof-top-old-header.txt", "pprof-top.txt",
    "pprof-traces.txt", "proc-limits.txt", "proc-maps.txt", "proc-meminfo.txt", "proc-status.txt",
    "ps-aux.txt", "query-range.json", "runtime-metrics.txt", "samples.jsonl",
    "smaps-mmap-leak-cut.txt", "smaps-rollup.txt", "top-batch.txt",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }
}

extension Array where Element == UInt8 {
  /// The bytes of a text.
  init(text: String) {
    self.init(text.utf8)
  }
}
