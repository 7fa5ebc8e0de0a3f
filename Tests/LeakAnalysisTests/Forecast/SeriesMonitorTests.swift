import LeakAnalysis
import LeakModel
import Testing

struct SeriesMonitorTests {
  private let limit = 2_048 * MemorySeries.mebibyte

  @Test func `the onset of steep growth is told within minutes, at its place`() throws {
    let onset = 4.0
    let course = { (hour: Double) in max(0, hour - onset) * 150 * MemorySeries.mebibyte }
    let alarms = alarms(MemorySeries(interval: 15, hours: 5, course: course).samples)
    let alarm = try #require(alarms.first)
    #expect(alarms.count == 1)
    #expect(alarm.kind == .growth)
    #expect(alarm.raised - onset * 3600 < 15 * 60)
    #expect(abs(alarm.change - onset * 3600) < 4 * 60)
  }

  @Test func `an alarm rests on nothing that comes after it`() {
    let course = { (hour: Double) in max(0, hour - 4) * 150 * MemorySeries.mebibyte }
    let samples = MemorySeries(interval: 15, hours: 6, course: course).samples
    let whole = alarms(samples)
    let raised = whole[0].raised
    #expect(alarms(samples.filter { $0.time <= raised }) == [whole[0]])
  }

  @Test func `a restart is told as one`() throws {
    let course = { (hour: Double) in
      hour.truncatingRemainder(dividingBy: 12) * 50 * MemorySeries.mebibyte
    }
    let alarms = alarms(MemorySeries(hours: 20, course: course).samples)
    #expect(alarms.map(\.kind) == [.restart])
    #expect(abs(alarms[0].change - 12 * 3600) <= 120)
  }

  @Test(arguments: 1...12) func `noise alone raises no alarm`(seed: UInt64) {
    #expect(alarms(MemorySeries(hours: 30, seed: seed).samples).isEmpty)
  }

  @Test(arguments: 1...6) func `a warm-up raises no alarm`(seed: UInt64) {
    let course = { (hour: Double) in 600 * MemorySeries.mebibyte * hour / (2 + hour) }
    #expect(alarms(MemorySeries(hours: 30, seed: seed, course: course).samples).isEmpty)
  }

  @Test func `a monitor finds the time between samples by itself`() {
    let samples = MemorySeries(hours: 40, course: { 10 * MemorySeries.mebibyte * $0 }).samples
    var told = SeriesMonitor(.init(interval: 60, limit: limit))
    var found = SeriesMonitor(.init(limit: limit))
    for sample in samples {
      _ = told.append(sample)
      _ = found.append(sample)
    }
    let times = [told, found].map {
      $0.outlook(at: 144_000, horizons: [21_600], levels: [0.5])?.timeToLimit[1] ?? 0
    }
    #expect(times[0] > 0)
    #expect(abs(times[0] - times[1]) < 0.02 * times[0])
  }

  private func alarms(_ samples: [Sample]) -> [SeriesAlarm] {
    var monitor = SeriesMonitor(.init(interval: samples[1].time, limit: limit))
    return samples.compactMap { monitor.append($0) }
  }
}
