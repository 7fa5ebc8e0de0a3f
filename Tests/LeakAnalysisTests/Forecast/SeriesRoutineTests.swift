import LeakAnalysis
import LeakModel
import Testing

/// What comes again and again is told once, and learned.
struct SeriesRoutineTests {
  private let limit = 2_048 * MemorySeries.mebibyte

  @Test func `single wild samples raise no alarm`() {
    var samples = MemorySeries(hours: 20).samples
    for index in stride(from: 40, to: samples.count, by: 37) {
      let sample = samples[index]
      samples[index] = Sample(time: sample.time, value: sample.value + 250 * MemorySeries.mebibyte)
    }
    #expect(alarms(samples).isEmpty)
  }

  @Test func `a batch job is told on its first run`() {
    let course = { (hour: Double) in
      hour.truncatingRemainder(dividingBy: 3) > 2 ? 100 * MemorySeries.mebibyte : 0
    }
    let told = alarms(MemorySeries(hours: 40, course: course).samples)
    #expect(!told.isEmpty)
    #expect(told.allSatisfy { $0.raised < 4 * 3600 })
  }

  @Test func `growth beyond a batch job's level is told`() {
    let course = { (hour: Double) in
      let batch = hour.truncatingRemainder(dividingBy: 3) > 2 ? 100 * MemorySeries.mebibyte : 0
      return batch + max(0, hour - 30) * 60 * MemorySeries.mebibyte
    }
    let told = alarms(MemorySeries(hours: 40, course: course).samples)
    #expect(told.contains { $0.kind == .growth && $0.raised > 30 * 3600 })
  }

  @Test func `collections an hour apart are no restarts`() {
    let course = { (hour: Double) in
      hour.truncatingRemainder(dividingBy: 1) * 500 * MemorySeries.mebibyte
    }
    let told = alarms(MemorySeries(hours: 12, course: course).samples)
    #expect(told.count { $0.kind == .restart } <= 3)
  }

  @Test func `a weekend that comes again is expected`() throws {
    // Seventeen days and a half from Monday on: to noon of a Thursday, three days before a Sunday.
    let course = { (hour: Double) in
      Int(hour / 24) % 7 >= 5 ? 0 : 120 * MemorySeries.mebibyte
    }
    let samples = MemorySeries(interval: 600, hours: 17.5 * 24, course: course).samples
    let report = SeriesReport(samples, limit: limit)
    let sunday = try #require(report.forecast.last).quantiles[2]
    let thursday = try #require(samples.last).value
    #expect(sunday < thursday - 60 * MemorySeries.mebibyte)
    #expect(report.verdict != .leak)
  }

  @Test(arguments: [0.3, 0.6]) func `what filled up is no leak`(share: Double) {
    let course = { (hour: Double) in
      min(1, hour / (30 * share)) * 700 * MemorySeries.mebibyte
    }
    let report = SeriesReport(MemorySeries(hours: 30, course: course).samples, limit: limit)
    #expect(report.verdict != .leak)
    #expect(report.timeToLimit[1] == nil)
  }

  @Test func `each cycle of a leak that restarts tells of the next`() {
    let course = { (hour: Double) in
      hour.truncatingRemainder(dividingBy: 15) * 100 * MemorySeries.mebibyte
    }
    let report = SeriesReport(MemorySeries(hours: 40, course: course).samples, limit: limit)
    #expect(report.verdict == .leak)
  }

  private func alarms(_ samples: [Sample]) -> [SeriesAlarm] {
    var monitor = SeriesMonitor(.init(interval: 60, limit: limit))
    return samples.compactMap { monitor.append($0) }
  }
}
