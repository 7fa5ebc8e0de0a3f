import LeakAnalysis
import LeakModel
import Testing

struct SeriesBadInputTests {
  @Test(arguments: [0, 1, 19]) func `a few samples are unknown`(count: Int) {
    let samples = (0..<count).map { Sample(time: Double($0) * 600, value: 1e8) }
    let report = SeriesReport(samples, limit: 1e9)
    #expect(report.verdict == .unknown)
    #expect(report.forecast.isEmpty)
  }

  @Test func `numbers that are none are left out and counted`() {
    var samples = MemorySeries(hours: 4).samples
    samples[10] = Sample(time: 600, value: .nan)
    samples[11] = Sample(time: .infinity, value: 1)
    samples[12] = Sample(time: 720, value: -.infinity)
    samples[13] = Sample(time: 780, value: -5)
    let report = SeriesReport(samples, limit: 1e9)
    #expect(report.skippedCount == 4)
    #expect(report.verdict == .stable)
  }

  @Test func `values below zero are no sizes`() {
    let samples = (0..<100).map { Sample(time: Double($0) * 60, value: Double($0 % 3) - 1) }
    #expect(SeriesReport(samples).verdict == .unknown)
  }

  @Test func `equal values are stable`() {
    let samples = (0..<500).map { Sample(time: Double($0) * 60, value: 1e8) }
    let report = SeriesReport(samples, limit: 1e9)
    #expect(report.verdict == .stable)
    #expect(report.slope.map { $0[1].magnitude < 1e4 } == true)
  }

  @Test func `zeros alone are stable`() {
    let samples = (0..<500).map { Sample(time: Double($0) * 60, value: 0) }
    #expect(SeriesReport(samples, limit: 1e9).verdict == .stable)
  }

  @Test func `one time for all samples is unknown`() {
    let samples = (0..<50).map { Sample(time: 7, value: Double($0)) }
    #expect(SeriesReport(samples).verdict == .unknown)
  }

  @Test func `ten minutes do not tell what days bring`() {
    let samples = (0..<60).map { Sample(time: Double($0) * 10, value: 1e8 + Double($0) * 1e6) }
    #expect(SeriesReport(samples, limit: 1e9).verdict == .unknown)
  }

  @Test func `numbers at the ends of their range do not trap`() {
    let values = [0, 1e308, .leastNonzeroMagnitude, 1e15, 1e300]
    let samples = (0..<400).map { Sample(time: Double($0) * 1e9, value: values[$0 % 5]) }
    #expect(SeriesReport(samples, limit: 1e9).sampleCount == 400)
  }

  @Test func `a monitor passes over time that runs backwards`() {
    var monitor = SeriesMonitor(.init(interval: 60, limit: 1e9))
    for sample in MemorySeries(hours: 2).samples { _ = monitor.append(sample) }
    let before = monitor.outlook(at: 7200, horizons: [21_600], levels: [0.5])
    #expect(monitor.append(Sample(time: 0, value: 9e9)) == nil)
    #expect(monitor.append(Sample(time: 1e18, value: 9e9)) == nil)
    #expect(monitor.outlook(at: 7200, horizons: [21_600], levels: [0.5]) == before)
  }

  @Test func `a monitor without samples has no outlook`() {
    #expect(SeriesMonitor(.init()).outlook(at: 0, horizons: [1], levels: [0.5]) == nil)
  }
}
