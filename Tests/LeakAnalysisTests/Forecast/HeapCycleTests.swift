import LeakAnalysis
import LeakModel
import Testing

/// HeapAlloc under collections so far apart that each is seen.
struct HeapCycleTests {
  private let limit = 4_096 * MemorySeries.mebibyte

  /// A heap that a collection every forty minutes brings down to what lives, and that doubles between.
  private func heap(hours: Double, liveAt: (Double) -> Double) -> [Sample] {
    (0...Int(hours * 60)).map { minute in
      let live = liveAt(Double(minute) / 60) * MemorySeries.mebibyte
      return Sample(time: 60 * Double(minute), value: live * (1 + Double(minute % 40) / 40))
    }
  }

  @Test func `collections are no restarts and no growth`() {
    #expect(alarms(heap(hours: 40) { _ in 400 }, .heap).isEmpty)
  }

  @Test func `of another metric the first falls are told as restarts`() {
    let told = alarms(heap(hours: 40) { _ in 400 }, .memory)
    #expect(told.map(\.kind) == [.restart, .restart, .restart])
  }

  @Test func `a leak shows in what collections leave within a few of them`() throws {
    let told = alarms(heap(hours: 24) { hour in 400 + max(0, hour - 12) * 40 }, .heap)
    let growth = try #require(told.first)
    #expect(growth.kind == .growth)
    #expect(abs(growth.change - 12 * 3600) < 3600)
    #expect(growth.raised < 16 * 3600)
  }

  @Test func `a heap that falls far below what collections leave is a fresh process`() {
    let samples = heap(hours: 30) { hour in hour < 20 ? 1_000 : 60 }
    let restarts = alarms(samples, .heap).filter { $0.kind == .restart }
    #expect(restarts.count == 1)
    #expect(restarts.allSatisfy { abs($0.change - 20 * 3600) <= 120 })
  }

  @Test(arguments: ["heap_alloc", "HeapAlloc", "go_memstats_alloc_bytes"])
  func `a heap that collections bring down is known by its metric`(metric: String) {
    #expect(SeriesNature(metric: metric, limit: limit) == .heap)
  }

  private func alarms(_ samples: [Sample], _ nature: SeriesNature) -> [SeriesAlarm] {
    var monitor = SeriesMonitor(.init(interval: 60, limit: limit, nature: nature))
    return samples.compactMap { monitor.append($0) }
  }
}
