import Testing

@testable import GoFormats

struct LeakProfileTests {
  @Test func `a profile of the leak detector has a format of its own`() throws {
    // sample_type { type: 1 unit: 2 } and the strings "", "goroutineleak", "count".
    let bytes: [UInt8] =
      [0x0a, 4, 0x08, 1, 0x10, 2, 0x32, 0, 0x32, 13] + Array(text: "goroutineleak") + [0x32, 5]
      + Array(text: "count")
    #expect(try Capture.read(bytes, source: "x").map(\.format) == [.pprofGoroutineLeak])
  }
}
