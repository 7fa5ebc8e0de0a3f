import Foundation

/// The files in Tests/Fixtures: captures of real Go programs, named by what they hold.
enum Fixture {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static let all = [
    "cgroup-v1-memory.stat", "crash-concurrent-map.log", "crash-unsafe-pointer.log",
    "execution-trace-start.out", "gctrace-go-1.27.log", "gdb-info-goroutines.txt",
    "goroutine-channel-send-blocked.pb.gz", "goroutine-debug2-cut.txt",
    "heap-http-body-unclosed.pb.gz", "kernel-log-container-kill.txt",
    "metrics-client-golang.prom", "proc-limits.txt", "proc-status.txt", "samples.jsonl",
    "smaps-mmap-leak-cut.txt", "smaps-rollup.txt",
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
