import LeakModel
import Testing

@testable import LeakAnalysis

struct SeriesRunTests {
  @Test func `a series without a restart is one run`() {
    let run = SeriesRun(series([10, 20, 30, 40]))
    #expect(run.span == 30)
    #expect(run.samples(of: .totalAlloc).count == 4)
  }

  @Test func `a counter that falls begins a new run, and the longest counts`() {
    let run = SeriesRun(series([50, 90, 5, 10, 15, 20]))
    #expect(run.span == 30)
    #expect(run.samples(of: .totalAlloc).map(\.value) == [5, 10, 15, 20])
  }

  @Test func `start-up is left out of what is settled`() {
    let run = SeriesRun(series(Array(stride(from: 0, to: 110, by: 10)).map(Double.init)))
    #expect(run.settledSamples(of: .totalAlloc).first?.time == 10)
    #expect(run.settledSamples(of: .totalAlloc, leavingOut: 0.5).first?.time == 50)
  }

  @Test func `a rate is what a counter gains per second`() throws {
    let run = SeriesRun(series([0, 100, 200, 300, 400]))
    #expect(try #require(run.rate(of: .totalAlloc)) == 10)
  }

  @Test func `a metric that was not sampled has no rate, no peak and no slope`() {
    let run = SeriesRun(series([1, 2, 3]))
    #expect(run.rate(of: .mallocs) == nil)
    #expect(run.peak(.vmRSS) == nil)
    #expect(run.slope(of: .vmRSS) == nil)
  }

  @Test func `a live heap without GC cycles has no slope`() {
    var builder = SnapshotSeriesBuilder()
    for index in 0..<60 {
      builder.append(at: Double(index), [.heapAlloc: Double(index), .numGC: 1])
    }
    #expect(SeriesRun(builder.build()).slope(of: .heapAlloc) == nil)
  }

  @Test func `an empty series is an empty run`() {
    #expect(SeriesRun(SnapshotSeries()).span == 0)
  }

  /// Samples of TotalAlloc, ten seconds apart.
  private func series(_ values: [Double]) -> SnapshotSeries {
    var builder = SnapshotSeriesBuilder()
    for (index, value) in values.enumerated() {
      builder.append(at: Double(index) * 10, [.totalAlloc: value])
    }
    return builder.build()
  }
}
