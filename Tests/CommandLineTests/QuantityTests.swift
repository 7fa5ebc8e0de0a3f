import LeakModel
import Testing

@testable import leakbook

struct QuantityTests {
  @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_209_581, "-1,209,581")])
  func `whole numbers stand in groups of three`(number: Int, text: String) {
    #expect(Quantity.grouped(number) == text)
  }

  @Test(arguments: [(0.963, "96 %"), (0.004, "<1 %"), (0.999, ">99 %"), (1, "100 %"), (0, "0 %")])
  func `a probability is never rounded to certainty`(probability: Double, text: String) {
    #expect(Quantity.percent(probability) == text)
  }

  @Test(arguments: [
    (Int64(1_536), "bytes", "1.5 KiB"), (1_951, "count", "1,951"),
    (1_500_000_000, "nanoseconds", "1.5 s"), (90, "milliseconds", "90 ms"),
  ])
  func `a value stands in the unit of its profile`(value: Int64, unit: String, text: String) {
    #expect(Quantity.value(value, unit: unit) == text)
  }

  @Test(arguments: [(1, "1 minute"), (119, "119 minutes"), (180, "3 hours"), (4_320, "3 days")])
  func `long waits stand in larger units`(minutes: Int, text: String) {
    #expect(Quantity.wait(minutes: minutes) == text)
  }

  @Test func `the parts of the memory stand in one unit with their signs`() {
    let breakdown = MemoryBreakdown(
      rss: 134 << 20,
      heapInuse: 99 << 20,
      heapIdleHeld: 34 << 20,
      stacks: 3 << 20,
      runtime: 0,
      file: 8 << 20,
      unexplained: -10 << 20
    )
    // A name and its number stay on one line.
    #expect(
      breakdown.sum.replacing("\u{A0}", with: " ")
        == "134 MiB = heap 99 + empty heap 34 + stacks 3 + file 8 - other 10"
    )
  }
}
