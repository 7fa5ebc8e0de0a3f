/// How much a capture may claim before it is refused: what stands between a small file and all memory.
///
/// Each limit has its own error, which names it. The defaults leave room for the largest captures
/// seen in practice; a larger value costs only memory.
package struct ParseLimits: Sendable, Equatable {
  /// The most bytes that a gzip file may inflate to.
  package var inflatedBytes = 256 << 20
  /// The most bytes inflated for each byte of gzip data, beyond the first MiB.
  ///
  /// Profiles and dumps compress 5 to 60 times; a bomb reaches 1,000.
  package var inflationRatio = 200
  /// The most samples of a profile; 100 MB of profile.proto hold about 1.2 million.
  package var samples = 2_000_000
  /// The most locations of one sample.
  ///
  /// Go's heap profiles hold 128 at most and its goroutine profiles as many; other producers write
  /// whole recursions.
  package var framesPerStack = 4_096
  /// The most columns of a profile; Go writes four at most.
  ///
  /// What is added up has a row of them for every function.
  package var sampleTypes = 32
  /// The most entries of a profile's string table.
  package var strings = 1_000_000
  /// The longest line of a text capture in bytes.
  package var lineBytes = 64 << 10

  /// The limits that apply where none are given.
  package static let `default` = ParseLimits()

  /// Makes the default limits, to be changed.
  package init() {}
}
