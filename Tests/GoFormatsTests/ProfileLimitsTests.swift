import Testing

@testable import GoFormats

/// What a profile may claim is bounded, and the first that is too much is refused where it stands.
struct ProfileLimitsTests {
  private func failure(_ bytes: [UInt8], _ limits: ParseLimits) -> ParseError? {
    do throws(ParseError) {
      _ = try Profile(protobuf: bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  /// Two samples of a frame or two, a label each, and a comment.
  private static let bytes = ProfileWriter.profile { profile in
    for stack: [UInt64] in [[1], [1, 2]] {
      profile.message(2) { sample in
        sample.packed(1, stack)
        sample.packed(2, [64])
        sample.message(3) {
          $0.number(1, 6)
          $0.number(2, 4)
        }
      }
    }
    profile.packed(13, [3, 4])
    profile.message(3) { $0.number(1, 1) }
  }

  private typealias Setter = @Sendable (inout ParseLimits, Int) -> Void

  private static let limits: [(set: Setter, kind: String, value: Int)] = [
    ({ $0.sampleTypes = $1 }, "sample types", 0), ({ $0.samples = $1 }, "samples", 1),
    ({ $0.strings = $1 }, "strings", 6), ({ $0.functions = $1 }, "functions", 1),
    ({ $0.locations = $1 }, "locations", 2), ({ $0.lines = $1 }, "lines", 1),
    ({ $0.mappings = $1 }, "mappings", 0), ({ $0.comments = $1 }, "comments", 1),
    ({ $0.labels = $1 }, "labels", 1), ({ $0.framesPerStack = $1 }, "frames", 1),
  ]

  @Test(arguments: limits.indices)
  func `a limit is kept to and named`(index: Int) {
    let (set, kind, value) = Self.limits[index]
    var limits = ParseLimits()
    set(&limits, value)
    #expect(failure(Self.bytes, limits)?.reason == "more \(kind) than the limit of \(value)")
    set(&limits, value + 1)
    #expect(failure(Self.bytes, limits) == nil)
  }

  @Test func `the first location too many is refused at its byte`() {
    let writer = ProfileWriter(strings: [""])
    let one: [UInt8] = [0x22, 0x02, 0x08, 0x01]
    var limits = ParseLimits()
    limits.locations = 5
    let error = failure(writer.bytes + (0..<9).flatMap { _ in one }, limits)
    #expect(error?.place == .byte(writer.bytes.count + 5 * one.count))
  }

  @Test func `empty messages by the million are refused at the first`() {
    let writer = ProfileWriter(strings: [""])
    let error = failure(writer.bytes + (0..<1_000).flatMap { _ in [0x22, 0x00] }, .default)
    #expect(error?.place == .byte(writer.bytes.count))
  }
}
