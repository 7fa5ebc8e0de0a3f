import LeakModel
import Testing

struct SnapshotSeriesTests {
  @Test func `a late snapshot is put where its time belongs`() {
    var series = SnapshotSeries()
    series.append(at: 10, [.heapAlloc: 1])
    series.append(at: 30, [.heapAlloc: 3])
    series.append(at: 20, [.heapAlloc: 2])
    series.append(at: 5, [.heapAlloc: 0])
    #expect(series.times == [5, 10, 20, 30])
    #expect(series.columns[.heapAlloc] == [0, 1, 2, 3])
  }

  @Test func `snapshots of one time stay in the order they came`() {
    var series = SnapshotSeries()
    for value in [1.0, 2, 3] { series.append(at: 10, [.heapAlloc: value]) }
    #expect(series.samples(of: .heapAlloc).map(\.value) == [1, 2, 3])
  }

  @Test func `every column is as long as the times`() {
    var series = SnapshotSeries()
    series.append(at: 1, [.heapAlloc: 1])
    series.append(at: 2, [.vmRSS: 7])
    series.append(at: 0, [.threads: 4])
    #expect(series.columns.values.allSatisfy { $0.count == 3 })
  }

  @Test func `samples leave out the snapshots that lack the number`() {
    var series = SnapshotSeries()
    series.append(at: 1, [.heapAlloc: 1])
    series.append(at: 2, [.vmRSS: 7])
    series.append(at: 3, [.heapAlloc: 3])
    #expect(
      series.samples(of: .heapAlloc) == [Sample(time: 1, value: 1), Sample(time: 3, value: 3)]
    )
  }

  @Test func `the last value is the last that was measured`() {
    var series = SnapshotSeries()
    series.append(at: 1, [.heapAlloc: 1])
    series.append(at: 2, [.vmRSS: 7])
    #expect(series.last(.heapAlloc) == 1)
  }

  @Test func `the peak is the largest value measured`() {
    var series = SnapshotSeries()
    for (time, value) in [3.0, 9, .nan, 4].enumerated() {
      series.append(at: Double(time), [.heapAlloc: value])
    }
    #expect(series.peak(.heapAlloc) == 9)
  }

  @Test func `a metric that no snapshot has is unknown`() {
    var series = SnapshotSeries()
    series.append(at: 1, [.heapAlloc: .nan])
    #expect(series.columns.isEmpty)
    #expect(series.last(.heapAlloc) == nil)
    #expect(series.peak(.heapAlloc) == nil)
  }
}
