import LeakAnalysis
import LeakModel
import Testing

/// Changes of the input that must change the answer in one known way.
struct SeriesPropertyTests {
  private let limit = 2_048 * MemorySeries.mebibyte
  private let growing = MemorySeries(course: { 10 * MemorySeries.mebibyte * $0 }).samples

  @Test func `a later start of the clock changes nothing but the times`() throws {
    // A multiple of a day, so that the daily cycle has the same phase.
    let later = growing.map { Sample(time: $0.time + 20_000 * 86_400, value: $0.value) }
    let one = SeriesReport(growing, limit: limit)
    let other = SeriesReport(later, limit: limit)
    #expect(other.from == one.from + 20_000 * 86_400)
    #expect(other.verdict == one.verdict)
    #expect(isNear(other.timeToLimit[1], one.timeToLimit[1], 0.01))
  }

  @Test func `twice the size and twice the limit take the same time`() {
    let twice = growing.map { Sample(time: $0.time, value: 2 * $0.value) }
    let one = SeriesReport(growing, limit: limit)
    let other = SeriesReport(twice, limit: 2 * limit)
    #expect(isNear(other.timeToLimit[1], one.timeToLimit[1], 0.001))
    #expect(isNear(other.slope?[1], (one.slope?[1]).map { 2 * $0 }, 0.001))
  }

  @Test func `memory and a limit raised alike take the same time`() {
    let raised = growing.map { Sample(time: $0.time, value: $0.value + 1e9) }
    let one = SeriesReport(growing, limit: limit)
    let other = SeriesReport(raised, limit: limit + 1e9)
    #expect(isNear(other.timeToLimit[1], one.timeToLimit[1], 0.02))
  }

  @Test(arguments: [2, 5]) func `every n-th sample tells nearly the same`(stride: Int) {
    let sparse = Swift.stride(from: 0, to: growing.count, by: stride).map { growing[$0] }
    let one = SeriesReport(growing, limit: limit)
    let other = SeriesReport(sparse, limit: limit)
    #expect(other.verdict == one.verdict)
    #expect(isNear(other.timeToLimit[1], one.timeToLimit[1], 0.03))
  }

  @Test func `the order of the samples does not matter`() {
    #expect(SeriesReport(growing.reversed(), limit: limit) == SeriesReport(growing, limit: limit))
  }

  @Test func `samples given twice count once`() {
    let doubled = growing.flatMap { [$0, $0] }
    let report = SeriesReport(doubled, limit: limit)
    #expect(report.sampleCount == growing.count)
    #expect(report.skippedCount == growing.count)
    #expect(report.timeToLimit == SeriesReport(growing, limit: limit).timeToLimit)
  }

  @Test func `a higher limit is reached later`() throws {
    let near = try #require(SeriesReport(growing, limit: 1.5e9).timeToLimit[1])
    let far = try #require(SeriesReport(growing, limit: 1.8e9).timeToLimit[1])
    #expect(near < far)
  }

  @Test func `quantiles rise with their level and the band widens with the horizon`() {
    let report = SeriesReport(growing, limit: limit)
    for horizon in report.forecast {
      #expect(horizon.quantiles == horizon.quantiles.sorted())
    }
    let widths = report.forecast.map { $0.quantiles[3] - $0.quantiles[1] }
    #expect(widths == widths.sorted())
  }

  @Test func `a gap of hours is no change`() {
    let holed = growing.filter { $0.time < 70_000 || $0.time > 90_000 }
    let report = SeriesReport(holed, limit: limit)
    #expect(report.changes.isEmpty)
    #expect(report.verdict == .leak)
  }

  private func isNear(_ one: Double?, _ other: Double?, _ share: Double) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one - other) <= share * max(abs(one), abs(other))
  }
}
