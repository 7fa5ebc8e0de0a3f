import LeakAnalysis
import LeakModel
import Testing

/// Memory beside a series that may explain it.
struct CompanionTests {
  private let limit = 2_048 * MemorySeries.mebibyte

  /// Traffic that swings with the day, wavers by the quarter of an hour, and grows by `growth` an hour.
  private func traffic(_ hour: Double, growth: Double) -> Double {
    let wave = (hour * 4).rounded(.down).truncatingRemainder(dividingBy: 5)
    return 300 + growth * hour + 8 * wave
  }

  private func requests(growth: Double, name: String = "requests") -> CompanionSeries {
    let samples = (0...2880).map { minute in
      let hour = Double(minute) / 60
      return Sample(time: hour * 3600, value: traffic(hour, growth: growth))
    }
    return CompanionSeries(name: name, samples: samples)
  }

  /// Memory of 2 MiB for each request, and a leak beside it.
  private func memory(growth: Double, leak: Double = 0) -> [Sample] {
    let course = { (hour: Double) in
      (2 * traffic(hour, growth: growth) - 600 + leak * hour) * MemorySeries.mebibyte
    }
    return MemorySeries(course: course).samples
  }

  @Test func `growth that follows the traffic is load`() {
    let samples = memory(growth: 5)
    #expect(SeriesReport(samples, limit: limit).verdict == .leak)
    let report = SeriesReport(samples, limit: limit, beside: requests(growth: 5))
    #expect(report.verdict == .load)
    #expect(report.reason == "the growth follows requests; without it none is left")
  }

  @Test func `growth beside level traffic stays a leak`() {
    let samples = memory(growth: 0, leak: 10)
    let report = SeriesReport(samples, limit: limit, beside: requests(growth: 0))
    #expect(report.verdict == .leak)
    #expect(report.reason.hasSuffix("also beside what follows requests"))
  }

  @Test func `traffic that falls does not hide a leak`() {
    let samples = memory(growth: -5, leak: 10)
    #expect(SeriesReport(samples, limit: limit).verdict != .leak)
    let report = SeriesReport(samples, limit: limit, beside: requests(growth: -5))
    #expect(report.verdict == .leak)
  }

  @Test func `two series that only rise together prove nothing`() {
    let samples = MemorySeries(course: { 10 * MemorySeries.mebibyte * $0 }).samples
    let line = CompanionSeries(
      name: "requests",
      samples: samples.map { Sample(time: $0.time, value: 300 + $0.time / 720) }
    )
    let report = SeriesReport(samples, limit: limit, beside: line)
    #expect(report.verdict == .leak)
    #expect(report.reason.hasSuffix("it does not follow requests"))
  }

  @Test func `goroutines that grow are no load`() {
    let goroutines = requests(growth: 5, name: "NumGoroutine")
    let report = SeriesReport(memory(growth: 5), limit: limit, beside: goroutines)
    #expect(report.verdict == .leak)
    #expect(report.reason.hasSuffix("memory follows NumGoroutine, which grows itself"))
  }

  @Test func `a series of another time tells nothing`() {
    let later = CompanionSeries(
      name: "requests",
      samples: requests(growth: 5).samples.map { Sample(time: $0.time + 1e6, value: $0.value) }
    )
    let report = SeriesReport(memory(growth: 5), limit: limit, beside: later)
    #expect(report.verdict == .leak)
  }
}
