/// The binary CPU profile of gperftools: a sequence of words, then a memory map in text.
///
/// Words of 32 or 64 bits in either order: 0, 3, 0 (1 for Java), the period in microseconds, 0; then
/// samples (count, depth, addresses); 0, 1, 0 ends them. Source: google/pprof
/// profile/legacy_profile.go (2026).
struct CPUProfileWords {
  private let bytes: [UInt8]
  private let width: Int
  private let isBigEndian: Bool
  private var offset = 0

  /// Reads a profile; nil when the first five words are no header of one.
  ///
  /// - Throws: `ParseError` where a sample exceeds the data or the limit on frames.
  static func read(_ bytes: [UInt8], limits: ParseLimits) throws(ParseError) -> Profile? {
    for (width, isBigEndian) in [(4, false), (4, true), (8, false), (8, true)] {
      var words = CPUProfileWords(bytes: bytes, width: width, isBigEndian: isBigEndian)
      let header = (0..<5).compactMap { _ in words.next() }
      guard header.count == 5, header[0] == 0, header[1] == 3, header[2] <= 1, header[3] > 0,
        header[4] == 0
      else { continue }
      return try words.profile(period: header[3], isJava: header[2] == 1, limits)
    }
    return nil
  }

  private init(bytes: [UInt8], width: Int, isBigEndian: Bool) {
    self.bytes = bytes
    self.width = width
    self.isBigEndian = isBigEndian
  }

  private mutating func next() -> UInt64? {
    guard bytes.count - offset >= width else { return nil }
    var word: UInt64 = 0
    for index in 0..<width {
      word = word << 8 | UInt64(bytes[isBigEndian ? offset + index : offset + width - 1 - index])
    }
    offset += width
    return word
  }

  private mutating func profile(
    period: UInt64,
    isJava: Bool,
    _ limits: ParseLimits
  ) throws(ParseError) -> Profile {
    var builder = ProfileBuilder()
    let nanoseconds = Int64(truncatingIfNeeded: period) &* 1_000
    builder.profile.period = nanoseconds
    builder.profile.periodType = Profile.ValueType(type: "cpu", unit: "nanoseconds")
    builder.profile.sampleTypes = [
      Profile.ValueType(type: "samples", unit: "count"),
      Profile.ValueType(type: "cpu", unit: "nanoseconds"),
    ]
    while offset < bytes.count {
      let start = offset
      guard let count = next(), let depth = next(), depth <= UInt64(bytes.count - offset) else {
        throw Profile.malformed("sample exceeds the data", at: start)
      }
      guard depth <= UInt64(limits.framesPerStack) else {
        throw Profile.malformed("more frames than the limit of \(limits.framesPerStack)", at: start)
      }
      guard builder.samples.count < limits.samples else {
        throw Profile.malformed("more samples than the limit of \(limits.samples)", at: start)
      }
      var addresses: [UInt64] = []
      for index in 0..<depth {
        guard let address = next() else {
          throw Profile.malformed("sample exceeds the data", at: start)
        }
        // All but the leaf are return addresses, one past the call; Java's are no addresses.
        addresses.append(index > 0 && !isJava ? address &- 1 : address)
      }
      if count == 0, addresses == [0] { break }
      let samples = Int64(truncatingIfNeeded: count)
      builder.samples.append(
        ProfileBuilder.Sample(values: [samples, samples &* nanoseconds], addresses: addresses)
      )
    }
    var rest = TextCursor(bytes, range: offset..<bytes.count)
    if isJava {
      JavaProfile.readSymbols(&rest, into: &builder)
      return builder.finish()
    }
    builder.dropHandlerFrames()
    builder.readMap(&rest)
    return builder.finish(dropsDoubledLeaf: true)
  }
}
