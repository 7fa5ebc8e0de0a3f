import LeakModel
import Testing

@testable import LeakAnalysis

struct SlopeEstimateTests {
  @Test func `a straight line has its slope and an interval around it`() throws {
    let slope = try #require(SlopeEstimate(series { 100 + 2 * $0 }, summary: .middle))
    #expect(abs(slope.perHour - 7_200) < 1)
    #expect(slope.low <= slope.perHour && slope.perHour <= slope.high)
  }

  @Test func `white noise around a level has an interval that holds zero`() throws {
    var noise = Noise(seed: 1)
    let slope = try #require(SlopeEstimate(series { _ in noise.next() }, summary: .middle))
    #expect(slope.low < 0 && slope.high > 0)
  }

  @Test func `the interval holds a slope of zero nine times of ten when noise remembers itself`()
    throws
  {
    var held = 0
    for seed in 1...200 {
      var noise = Noise(seed: UInt64(seed))
      var level = 0.0
      let samples = series { _ in
        level = 0.6 * level + noise.next()
        return level
      }
      let slope = try #require(SlopeEstimate(samples, summary: .middle))
      if slope.low <= 0, slope.high >= 0 { held += 1 }
    }
    #expect(held >= 180, "\(held) of 200")
  }

  @Test func `noise that remembers itself widens the interval`() throws {
    var (white, red) = (Noise(seed: 3), Noise(seed: 3))
    var level = 0.0
    let short = try #require(SlopeEstimate(series { _ in white.next() }, summary: .middle))
    let long = try #require(
      SlopeEstimate(
        series { _ in
          level = 0.8 * level + red.next()
          return level
        },
        summary: .middle
      )
    )
    #expect(long.high - long.low > 2 * (short.high - short.low))
  }

  @Test func `a sawtooth over a level floor has no slope`() throws {
    let saw = series { time in 50 + Double(Int(time) % 10) * 4 }
    let slope = try #require(SlopeEstimate(saw, summary: .floor, mostWindows: 12))
    #expect(slope.perHour == 0)
  }

  @Test func `a wild sample moves nothing`() throws {
    var samples = series { 100 + 2 * $0 }
    samples[60] = Sample(time: 60, value: 1e9)
    let slope = try #require(SlopeEstimate(samples, summary: .middle))
    #expect(abs(slope.perHour - 7_200) < 100)
  }

  @Test(arguments: 0...5) func `fewer than six samples tell no slope`(count: Int) {
    let samples = (0..<count).map { Sample(time: Double($0), value: Double($0)) }
    #expect(SlopeEstimate(samples, summary: .middle) == nil)
  }

  /// 120 samples, one a second.
  private func series(_ value: (Double) -> Double) -> [Sample] {
    (0..<120).map { Sample(time: Double($0), value: value(Double($0))) }
  }
}

/// Noise of mean zero and variance one, nearly normal: sums of twelve uniform numbers less six.
private struct Noise {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  mutating func next() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
  }
}
