import LeakAnalysis
import LeakModel
import Testing

struct SeriesShapeTests {
  @Test func `a straight line grows`() throws {
    #expect(try shape { Double($0) * 10 } == .growing)
  }

  @Test func `a rising sawtooth grows by its floor`() throws {
    let outline = try outline(summary: .floor) { 100 + Double($0) + Double($0 % 5) * 60 }
    #expect(outline.shape == .growing)
  }

  @Test func `a level sawtooth is flat by its floor`() throws {
    let outline = try outline(summary: .floor) { 100 + Double($0 % 5) * 60 }
    #expect(outline.shape == .flat)
  }

  @Test func `what nears a level is saturating`() throws {
    #expect(try shape { 1_000 - 1_000 / (1 + Double($0) * Double($0) / 200) } == .saturating)
  }

  @Test func `one rise between two levels is a step`() throws {
    #expect(try shape { $0 < 100 ? 100 : 900 } == .stepped)
  }

  @Test func `a burst that comes back has receded`() throws {
    #expect(try shape { (60..<90).contains($0) ? 2_000 : 100 } == .receded)
  }

  @Test func `noise around a level is flat`() throws {
    var random = SplitMix64(seed: 7)
    let noise = (0..<200).map { _ in Double.random(in: -15...15, using: &random) }
    #expect(try shape { 500 + noise[$0] } == .flat)
  }

  @Test func `a line under noise grows`() throws {
    var random = SplitMix64(seed: 7)
    let noise = (0..<200).map { _ in Double.random(in: -15...15, using: &random) }
    #expect(try shape { 500 + Double($0) * 4 + noise[$0] } == .growing)
  }

  @Test func `a small rise without a step back grows`() throws {
    #expect(try shape { 4_000 + Double($0) } == .growing)
  }

  @Test func `what falls has receded`() throws {
    #expect(try shape { 2_000 - Double($0) * 5 } == .receded)
  }

  @Test func `start-up does not count`() throws {
    #expect(try shape { $0 < 15 ? Double($0) * 60 : 900 } == .flat)
  }

  @Test func `a rise below the noise is flat`() throws {
    #expect(try shape(noise: 50) { Double($0) / 10 } == .flat)
  }

  @Test func `an outline has ten levels in the order of time`() throws {
    let outline = try outline { Double($0) }
    #expect(outline.levels.count == 10)
    #expect(outline.levels == outline.levels.sorted())
  }

  @Test func `fewer than ten samples have no outline`() {
    #expect(SeriesOutline(samples(9) { Double($0) }, summary: .middle, noise: 0) == nil)
  }

  @Test func `samples of one moment have no outline`() {
    let samples = (0..<20).map { Sample(time: 5, value: Double($0)) }
    #expect(SeriesOutline(samples, summary: .middle, noise: 0) == nil)
  }

  @Test func `the slope of a line is the line's`() throws {
    #expect(try #require(robustSlope(samples(100) { Double($0) * 3 + 7 })) == 3)
  }

  @Test func `one wild sample in five does not move the slope`() throws {
    let slope = try #require(robustSlope(samples(100) { $0 % 5 == 0 ? 1e9 : Double($0) * 3 }))
    #expect(abs(slope - 3) < 0.01)
  }

  @Test func `an eighth of wild samples in a row does not move the slope`() throws {
    let slope = try #require(robustSlope(samples(100) { $0 < 12 ? 1e9 : Double($0) * 3 }))
    #expect(abs(slope - 3) < 0.01)
  }

  @Test func `fewer than four samples have no slope`() {
    #expect(robustSlope(samples(3) { Double($0) }) == nil)
  }

  @Test(arguments: zip([[3.0, 1, 2], [4, 1, 3, 2], [7], []], [2, 2.5, 7, 0]))
  func `the median is the middle value`(values: [Double], median: Double) {
    #expect(values.median == median)
  }

  private func shape(
    noise: Double = 0,
    _ value: (Int) -> Double
  ) throws -> SeriesShape {
    try outline(noise: noise, value).shape
  }

  private func outline(
    summary: SeriesOutline.Summary = .middle,
    noise: Double = 0,
    _ value: (Int) -> Double
  ) throws -> SeriesOutline {
    try #require(SeriesOutline(samples(200, value), summary: summary, noise: noise))
  }

  /// One sample a second.
  private func samples(_ count: Int, _ value: (Int) -> Double) -> [Sample] {
    (0..<count).map { Sample(time: Double($0), value: value($0)) }
  }
}
