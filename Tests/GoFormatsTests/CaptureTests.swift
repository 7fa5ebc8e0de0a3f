import LeakModel
import Testing

@testable import GoFormats

struct CaptureTests {
  private func failure(_ bytes: [UInt8]) -> String? {
    do throws(ParseError) {
      _ = try Capture.read(bytes, source: "x")
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(arguments: [
    ("cgroup-v1-memory.stat", CaptureFormat.cgroupV1),
    ("crash-concurrent-map.log", .crash),
    ("crash-unsafe-pointer.log", .crash),
    ("execution-trace-start.out", .executionTrace),
    ("gctrace-go-1.27.log", .gcTrace),
    ("gdb-info-goroutines.txt", .debuggerGoroutines),
    ("goroutine-channel-send-blocked.pb.gz", .pprofGoroutine),
    ("goroutine-debug2-cut.txt", .goroutineDump),
    ("heap-http-body-unclosed.pb.gz", .pprofHeap),
    ("kernel-log-container-kill.txt", .kernelLog),
    ("metrics-client-golang.prom", .exposition),
    ("proc-limits.txt", .procLimits),
    ("proc-status.txt", .procStatus),
    ("samples.jsonl", .snapshots),
    ("container.openmetrics", .exposition),
    ("delve-goroutines.txt", .debuggerStacks),
    ("docker-inspect.json", .containers),
    ("gdb-backtrace.txt", .debuggerStacks),
    ("goleak.txt", .goroutineDump),
    ("gops-memstats.txt", .memStatsText),
    ("goroutines-journald.log", .goroutineDump),
    ("goroutines-newest-first.log", .goroutineDump),
    ("kubectl-top.txt", .containers),
    ("memstats-by-hand.txt", .memStatsText),
    ("pmap-x.txt", .pmap),
    ("pprof-list.txt", .pprofReport),
    ("pprof-peek.txt", .pprofReport),
    ("pprof-top-old-header.txt", .pprofReport),
    ("pprof-traces.txt", .pprofReport),
    ("proc-maps.txt", .maps),
    ("proc-meminfo.txt", .meminfo),
    ("ps-aux.txt", .processes),
    ("query-range.json", .queryRange),
    ("runtime-metrics.txt", .runtimeMetrics),
    ("top-batch.txt", .processes),
    ("smaps-mmap-leak-cut.txt", .smaps),
    ("smaps-rollup.txt", .smapsRollup),
  ])
  func `a capture is known by its content`(name: String, format: CaptureFormat) throws {
    let captures = try Capture.read(Fixture.bytes(name), source: "unnamed")
    #expect(captures.map(\.format) == [format])
  }

  @Test func `a log with a trace and a crash gives both`() throws {
    let bytes =
      try Fixture.bytes("gctrace-go-1.27.log") + Fixture.bytes("crash-concurrent-map.log")
    #expect(try Capture.read(bytes, source: "stderr.log").map(\.format) == [.gcTrace, .crash])
  }

  @Test func `a profile tells when it was captured`() throws {
    let captures = try Capture.read(
      Fixture.bytes("heap-http-body-unclosed.pb.gz"),
      source: "heap.pb.gz"
    )
    #expect(captures.map { $0.capturedAt?.description } == ["2026-11-21T02:49:42.929Z"])
  }

  @Test func `snapshots are as old as their last row`() throws {
    let captures = try Capture.read(Fixture.bytes("samples.jsonl"), source: "samples.jsonl")
    #expect(captures.map { $0.capturedAt?.description } == ["2026-11-21T03:13:28.821Z"])
  }

  @Test func `an empty file is an error`() {
    #expect(failure([]) == "empty file")
  }

  @Test func `white space alone is an error`() {
    #expect(failure(Array(text: "\n \n")) == "nothing but white space")
  }

  @Test func `a log without anything known is an error that cites its start`() throws {
    let reason = try #require(failure(Array(text: "2026/11/21 02:51:20 audit: shipped\n")))
    #expect(reason.hasPrefix("not recognised: starts with \"2026/11/21 02:51:20 audi\""))
  }

  @Test func `JSON that holds no metric is not recognised`() {
    #expect(failure(Array(text: "{\"cause\": \"healthy\"}"))?.hasPrefix("not recognised") == true)
  }

  @Test func `a damaged profile is an error, not something else`() throws {
    let bytes = try Gzip.inflate(
      Fixture.bytes("heap-http-body-unclosed.pb.gz"),
      limits: .default
    )
    #expect(throws: ParseError.self) { try Capture.read(Array(bytes.dropLast(3)), source: "x") }
  }
}
