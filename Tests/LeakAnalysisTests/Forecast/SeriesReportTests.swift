import LeakAnalysis
import LeakModel
import Testing

struct SeriesReportTests {
  private let limit = 2_048 * MemorySeries.mebibyte

  @Test func `steady growth is a leak, and the limit is reached when the line says`() throws {
    let report = report { 10 * MemorySeries.mebibyte * $0 }
    #expect(report.verdict == .leak)
    // 500 MiB and 48 h at 10 MiB/h are behind: 1,068 MiB or 106.8 h remain.
    let middle = try #require(report.timeToLimit[1])
    #expect(abs(middle / 3600 - 106.8) < 4)
  }

  @Test func `the slope's interval holds the true slope`() throws {
    let slope = try #require(report { 10 * MemorySeries.mebibyte * $0 }.slope)
    #expect(slope[0] <= 10 * MemorySeries.mebibyte && 10 * MemorySeries.mebibyte <= slope[2])
  }

  @Test func `level memory is stable and never reaches the limit`() {
    let report = report { _ in 0 }
    #expect(report.verdict == .stable)
    #expect(report.timeToLimit == [nil, nil, nil])
    #expect(report.changes.isEmpty)
  }

  @Test func `a daily cycle is load`() {
    let report = report(hours: 96) { 150 * MemorySeries.mebibyte * sine($0 / 24) }
    #expect(report.verdict == .load)
    #expect(report.changes.isEmpty)
  }

  @Test func `a rise of ten hours is unknown, as it may be a morning`() {
    let report = report(hours: 10) { 240 * MemorySeries.mebibyte * sine($0 / 40) }
    #expect(report.verdict == .unknown)
    #expect(
      report.reason == "less than a day of samples: growth may be a leak, or the day's traffic"
    )
    #expect(!report.forecast.isEmpty)
  }

  @Test func `growth beside a daily cycle is a leak`() {
    let report = report(hours: 96) {
      100 * MemorySeries.mebibyte * sine($0 / 24) + 6 * MemorySeries.mebibyte * $0
    }
    #expect(report.verdict == .leak)
  }

  @Test func `a cache that fills is saturating`() {
    let report = report { 600 * MemorySeries.mebibyte * (1 - 1 / (1 + $0 * $0 / 4)) }
    #expect(report.verdict == .saturating)
    #expect(report.timeToLimit[1] == nil)
  }

  @Test func `a deploy that moves the level is one change, of level`() throws {
    let report = report { $0 < 20 ? 0 : 200 * MemorySeries.mebibyte }
    #expect(report.verdict == .step)
    let change = try #require(report.changes.first)
    #expect(report.changes.count == 1)
    #expect(change.kind == .level)
    #expect(abs(change.time - 20 * 3600) <= 180)
  }

  @Test func `growth that begins midway is one change, of slope`() throws {
    let report = report { max(0, $0 - 30) * 20 * MemorySeries.mebibyte }
    #expect(report.verdict == .leak)
    let change = try #require(report.changes.first)
    #expect(report.changes.count == 1)
    #expect(change.kind == .slope)
    #expect(abs(change.time / 3600 - 30) < 1)
    #expect(abs(change.after / MemorySeries.mebibyte - 20) < 1)
  }

  @Test func `restarts part a leak into cycles that share their slope`() throws {
    let report = report { ($0.truncatingRemainder(dividingBy: 20)) * 30 * MemorySeries.mebibyte }
    #expect(report.verdict == .leak)
    #expect(report.changes.map(\.kind) == [.restart, .restart])
    let slope = try #require(report.slope)
    #expect(abs(slope[1] / MemorySeries.mebibyte - 30) < 1)
  }

  @Test func `a level sawtooth is stable`() {
    let samples = MemorySeries.sawtooth(hours: 24) { _ in 3e8 }
    #expect(SeriesReport(samples, limit: 2e9).verdict == .stable)
  }

  @Test func `a sawtooth on a rising floor is a leak, with the floor's slope`() throws {
    let samples = MemorySeries.sawtooth(hours: 24) { 3e8 + 1e7 * $0 }
    let report = SeriesReport(samples, limit: 2e9)
    #expect(report.verdict == .leak)
    let slope = try #require(report.slope)
    #expect(slope[1] > 0.8e7 && slope[1] < 1.7e7)
  }

  @Test func `readings rounded to 64 MiB tell the same growth`() throws {
    let quantum = 64 * MemorySeries.mebibyte
    let samples = MemorySeries(course: { 20 * MemorySeries.mebibyte * $0 }).samples.map {
      Sample(time: $0.time, value: ($0.value / quantum).rounded(.down) * quantum)
    }
    let slope = try #require(SeriesReport(samples, limit: limit).slope)
    #expect(abs(slope[1] / MemorySeries.mebibyte - 20) < 1.5)
  }

  private func report(hours: Double = 48, _ course: @escaping (Double) -> Double) -> SeriesReport {
    SeriesReport(MemorySeries(hours: hours, course: course).samples, limit: limit)
  }
}

/// The sine of a share of a turn, by its series: tests need no library for it.
func sine(_ turns: Double) -> Double {
  let part = turns - turns.rounded()
  let angle = part * 2 * Double.pi
  var term = angle
  var sum = angle
  for index in 1..<12 {
    term *= -angle * angle / Double((2 * index) * (2 * index + 1))
    sum += term
  }
  return sum
}
