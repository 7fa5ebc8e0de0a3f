import LeakAnalysis
import LeakModel
import Testing

struct DetectionChainTests {
  @Test func `a sample three deviations away is dropped`() {
    var values = (0..<30).map { 100.0 + Double($0 % 2) }
    values[17] = 200
    let kept = DetectionChain.withoutOutliers(samples(values))
    #expect(kept.count == 29)
    #expect(!kept.contains { $0.value == 200 })
  }

  @Test func `equal samples are all kept`() {
    #expect(DetectionChain.withoutOutliers(samples([5, 5, 5])).count == 3)
  }

  @Test func `a z-score counts deviations from the mean`() {
    #expect(DetectionChain.zScores([1, 3]) == [-1, 1])
  }

  @Test func `a sliding score looks at six samples`() {
    let scores = DetectionChain.slidingZScores([9, 9, 0, 0, 0, 0, 0, 0])
    #expect(scores.last == 0)
    #expect(scores[6] < 0)
  }

  @Test func `above 85 % of the limit is abnormal`() {
    #expect(isAbnormal([86, 86, 86]) == true)
    #expect(isAbnormal([84, 84, 84]) == false)
  }

  @Test func `a spike does not make five minutes abnormal`() {
    var values = (0..<30).map { 60.0 + Double($0 % 2) }
    values[20] = 5_000
    #expect(isAbnormal(values) == false)
  }

  @Test func `samples older than five minutes do not count`() {
    let old = samples([99, 99, 99])
    #expect(DetectionChain.isAbnormal(old, at: 1_000, limit: 100) == nil)
  }

  @Test(
    arguments: [
      ([true, true, true], true), ([true, true], false), ([true, nil, true, true], false),
      ([false, true, true, true], true), ([true, true, true, false], false),
    ] as [([Bool?], Bool)]
  )
  func `three abnormal cycles in a row raise the alarm`(cycles: [Bool?], expected: Bool) {
    #expect(DetectionChain.raisesAlarm(cycles) == expected)
  }

  @Test func `above 95 % for a minute is critical`() {
    #expect(DetectionChain.isCritical(samples([96, 96, 96, 96, 96, 96, 96]), limit: 100))
    #expect(!DetectionChain.isCritical(samples([96, 96, 96, 90, 96, 96, 96]), limit: 100))
    #expect(!DetectionChain.isCritical([], limit: 100))
  }

  @Test(
    arguments: [
      ([1.3e6, -1.3e6, 1.3e6], 512), ([1.3e6, 1.1e6, 1.3e6], 512_000), ([1.3e6, 1.3e6], 512_000),
      ([0, 2e6, 2e6, 2e6], 512), ([2e6, 2e6, 2e6, 0], 512_000),
    ] as [([Double], Int)]
  )
  func `three misses of 1.2 MB in a row profile finely`(residuals: [Double], rate: Int) {
    #expect(ResidualTrigger.profileRate(residuals) == rate)
  }

  private func isAbnormal(_ values: [Double]) -> Bool? {
    DetectionChain.isAbnormal(samples(values), at: Double(values.count) * 10, limit: 100)
  }

  private func samples(_ values: [Double]) -> [Sample] {
    values.enumerated().map { Sample(time: Double($0.offset) * 10, value: $0.element) }
  }
}
