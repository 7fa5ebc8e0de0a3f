import LeakModel
import Testing

@testable import GoFormats

/// A format is not lost because its file is large: only prose and the ways of pastes are.
struct LargeTextTests {
  /// What only a person hands over: several captures in one text, the newest line first, groups that
  /// a tool merged, a leak test's headings.
  private static let pasted: Set = [
    "paste-chat.txt", "goroutines-newest-first.log", "goroutines-merged.txt", "goleak.txt",
  ]

  /// The limits under which every text is beyond the size of a paste.
  private static var nothingPasted: ParseLimits {
    var limits = ParseLimits()
    limits.pastedBytes = 0
    return limits
  }

  @Test(arguments: Fixture.all.filter { !pasted.contains($0) })
  func `a text of any size is read as the same`(name: String) throws {
    let bytes = try Fixture.bytes(name)
    let small = try Capture.read(bytes, source: name)
    let large = try Capture.read(bytes, source: name, limits: Self.nothingPasted)
    #expect(large.map(\.format) == small.map(\.format))
    #expect(large.map(\.goroutineCount) == small.map(\.goroutineCount))
  }

  @Test func `a range query of more than 1 MiB is read`() throws {
    let values = (0..<60_000).map { "[\(1_767_775_080 + $0 * 15),\"\($0)\"]" }
      .joined(separator: ",")
    let text = """
      {"status":"success","data":{"resultType":"matrix","result":[
      {"metric":{"__name__":"go_goroutines"},"values":[\(values)]}]}}
      """
    #expect(text.utf8.count > ParseLimits.default.pastedBytes)
    let capture = try #require(try Capture.read(Array(text: text), source: "x").first)
    guard case .snapshots(let series) = capture.content else {
      Issue.record("read as \(capture.format)")
      return
    }
    #expect(series.count == 60_000)
  }

  @Test func `goroutines behind a log's prefix are read at any size`() throws {
    let prefix = "2026-11-20T03:00:01.5Z "
    let trace = "goroutine 7 [select]:\nmain.f()\n\t/srv/f.go:1 +0x1\n\n"
    let one = trace.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { prefix + $0 + "\n" }.joined()
    let dump = GoroutineDump(
      anyLayout: Array(text: one + one),
      limits: Self.nothingPasted
    )
    #expect(dump.total == 2)
    #expect(dump.frames == [Frame(function: "main.f", file: "/srv/f.go", line: 1)])
  }
}

extension Capture {
  fileprivate var goroutineCount: Int? {
    switch content {
    case .goroutines(let dump): dump.total
    case .crash(let crash): crash.goroutines.total
    default: nil
    }
  }
}
