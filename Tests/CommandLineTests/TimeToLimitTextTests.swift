import LeakModel
import Testing

@testable import leakbook

struct TimeToLimitTextTests {
  private static let mebibyte = 1_048_576.0

  @Test func `without a forecast it tells what is left and the pace`() {
    let headroom = Headroom(
      level: 424 * Self.mebibyte,
      limit: 1_024 * Self.mebibyte,
      pace: 1_200 * Self.mebibyte
    )
    #expect(
      text([nil, nil, nil], headroom, isForetold: false)
        == "1 GiB, no forecast; 600 MiB (58.6 %) left, used up 30 min after the last sample"
        + " if the rise of 1.17 GiB/h goes on"
    )
  }

  @Test func `without a forecast and a pace it tells what is left`() {
    #expect(
      text([nil, nil, nil], headroom(left: 600), isForetold: false)
        == "1 GiB, no forecast; 600 MiB (58.6 %) left"
    )
  }

  @Test func `little is called little though nothing grows`() {
    #expect(
      text([nil, nil, nil], headroom(left: 4))
        == "1 GiB, only 4 MiB (0.39 %) left; not reached within 30 days if nothing changes"
    )
  }

  @Test func `memory above the limit has reached it`() {
    #expect(text([nil, nil, nil], headroom(left: -1)) == "1 GiB, already reached")
  }

  @Test func `the time to the limit is a moment where samples tell the time of day`() {
    let last = Instant("2026-11-17T00:00:00Z")
    #expect(
      text([3_600, 7_200, 10_800], headroom(left: 600), lastSample: last)
        == "1 GiB, full 2026-11-17 02:00Z, 2 h after the last sample (80 %: 1 h to 3 h)"
    )
  }

  @Test func `the time to the limit is a span where they do not`() {
    #expect(
      text([3_600, 7_200, nil], headroom(left: 600)) == "1 GiB, reached in 2 h (80 %: 1 h to never)"
    )
  }

  private func headroom(left: Double) -> Headroom {
    Headroom(
      level: (1_024 - left) * Self.mebibyte,
      limit: 1_024 * Self.mebibyte,
      pace: nil
    )
  }

  private func text(
    _ times: [Double?],
    _ headroom: Headroom,
    isForetold: Bool = true,
    lastSample: Instant? = nil
  ) -> String {
    TimeToLimitText(
      limit: 1_024 * Self.mebibyte,
      times: times,
      headroom: headroom,
      isForetold: isForetold,
      lastSample: lastSample
    ).text
  }
}
