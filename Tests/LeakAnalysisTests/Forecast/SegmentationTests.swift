import LeakAnalysis
import Testing

struct SegmentationTests {
  @Test func `a change of level is found at its place`() throws {
    let changes = Segmentation.changes(noisy { $0 < 60 ? 0 : 8 })
    #expect(changes.count == 1)
    #expect(abs(try #require(changes.first) - 60) <= 1)
  }

  @Test func `a rise that turns into a fall is found at its peak`() throws {
    let changes = Segmentation.changes(noisy { Double(min($0, 120 - $0)) })
    #expect(changes.count == 1)
    #expect(abs(try #require(changes.first) - 60) <= 3)
  }

  @Test func `noise is not divided`() {
    #expect(Segmentation.changes(noisy { _ in 0 }).isEmpty)
  }

  @Test func `a straight line is not divided`() {
    #expect(Segmentation.changes(noisy { Double($0) }).isEmpty)
  }

  @Test(arguments: [0, 1, 9]) func `a few values are not divided`(count: Int) {
    #expect(Segmentation.changes((0..<count).map { Double($0 * $0) }).isEmpty)
  }

  @Test func `equal values are not divided`() {
    #expect(Segmentation.changes([Double](repeating: 4, count: 50)).isEmpty)
  }

  @Test func `scale and shift do not move a change`() {
    let values = noisy { $0 < 40 ? 3 : 9 }
    #expect(Segmentation.changes(values.map { 1e9 * $0 - 5e9 }) == Segmentation.changes(values))
  }

  private func noisy(_ course: (Int) -> Double) -> [Double] {
    var random = SplitMix64(seed: 3)
    return (0..<120).map { course($0) + Double.random(in: -1...1, using: &random) }
  }
}
