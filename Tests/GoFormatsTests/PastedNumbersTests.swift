import LeakModel
import Testing

@testable import GoFormats

struct PastedNumbersTests {
  @Test func `MemStats printed by hand are in bytes, a snapshot for each time they are printed`()
    throws
  {
    let series = SnapshotSeries(memStatsText: try Fixture.bytes("memstats-by-hand.txt"))
    #expect(series.count == 2)
    #expect(series.columns[.alloc] == [5_242_880, 9_437_184])
    #expect(series.last(.numGC) == 25)
  }

  @Test func `gops gives the exact number behind the rounded one`() throws {
    let series = SnapshotSeries(memStatsText: try Fixture.bytes("gops-memstats.txt"))
    #expect(series.last(.heapInuse) == 5_537_792)
    #expect(series.last(.stackInuse) == 229_376)
    #expect(series.last(.lastGC) == nil)
  }

  @Test func `a table in MB has the time of its first column`() {
    let text = "time_s count resident_MB Alloc_MB\n0 0 6.0 2.5\n51 200 8.5\n"
    let series = SnapshotSeries(memStatsText: Array(text: text))
    #expect(series.times == [0, 51])
    #expect(series.last(.vmRSS) == 8.5 * 0x1p20)
    #expect(series.last(.alloc) == 2.5 * 0x1p20)
  }

  @Test func `runtime metrics add up to the fields of MemStats`() throws {
    let series = SnapshotSeries(runtimeMetrics: try Fixture.bytes("runtime-metrics.txt"))
    #expect(series.last(.heapInuse) == 5_537_792)
    #expect(series.last(.heapIdle) == 61_341_696)
    #expect(series.last(.numGoroutine) == 8)
  }

  @Test func `a range query is a series over its times`() throws {
    let series = SnapshotSeries.read(queryRange: try Fixture.bytes("query-range.json")).value
    #expect(series.times == [1_767_775_080, 1_767_775_095.5])
    #expect(series.samples(of: .numGoroutine).map(\.value) == [8, 9])
    #expect(series.samples(of: .vmRSS).map(\.value) == [3e7])
  }

  @Test func `OpenMetrics has seconds`() throws {
    let series = SnapshotSeries.read(exposition: try Fixture.bytes("container.openmetrics")).value
    #expect(series.times == [1_767_775_080.25])
    #expect(series.last(.cgroupWorkingSet) == 503_316_480)
  }

  @Test(
    arguments: [
      ("30Mi", 31_457_280.0), ("512M", 512_000_000), ("1Gi", 1_073_741_824), ("5e", nil),
      ("536870912", 536_870_912), ("100m", 100 * 1e6),
    ] as [(String, Double?)]
  )
  func `Kubernetes tells powers of 1,000 from those of 1,024`(text: String, bytes: Double?) {
    var cursor = TextCursor(Array(text: text))
    #expect(MemoryQuantity(&cursor, .decimal)?.bytes == bytes)
  }
}
