import LeakAnalysis
import LeakModel
import Testing

struct HeadroomTests {
  private let limit = 1_024 * MemorySeries.mebibyte

  @Test func `too short a series for a forecast tells its pace`() throws {
    let rise = MemorySeries(interval: 10, hours: 0.3) { 1_000 * MemorySeries.mebibyte * $0 }
    let report = SeriesReport(rise.samples, limit: limit)
    #expect(report.forecast.isEmpty)
    let headroom = try #require(report.headroom)
    // 500 + 300 MiB are taken; at 1,000 MiB/h the other 224 are gone in 13.4 minutes.
    #expect(abs(headroom.left / MemorySeries.mebibyte - 224) < 15)
    #expect(abs(try #require(headroom.timeAtPace) / 60 - 13.4) < 1.5)
  }

  @Test func `level memory has no pace`() throws {
    let level = MemorySeries(interval: 10, hours: 0.3).samples
    let headroom = try #require(SeriesReport(level, limit: limit).headroom)
    #expect(headroom.pace == nil)
    #expect(headroom.timeAtPace == nil)
  }

  @Test func `what is left is told beside a forecast, too`() throws {
    let full = MemorySeries(base: 1_020 * MemorySeries.mebibyte, noise: 1e5).samples
    let headroom = try #require(SeriesReport(full, limit: limit).headroom)
    #expect(abs(headroom.left / MemorySeries.mebibyte - 4) < 0.5)
    #expect(headroom.pace == nil)
  }

  @Test func `without a limit nothing is left or taken`() {
    #expect(SeriesReport(MemorySeries().samples).headroom == nil)
  }

  @Test func `without a clock there is no pace`() throws {
    let few = (0..<15).map { Sample(time: Double($0), value: 100 + 10 * Double($0)) }
    let headroom = try #require(SeriesReport(few, limit: 1_000, hasClock: false).headroom)
    #expect(headroom.left == 1_000 - 220)
    #expect(headroom.pace == nil)
  }
}
