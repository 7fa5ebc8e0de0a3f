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
  /// The most functions of a profile: each needs a name, and names are strings.
  package var functions = 1_000_000
  /// The most locations of a profile: addresses, of which a function has several.
  package var locations = 2_000_000
  /// The most lines of all locations: a location has one for each call that the compiler put in.
  package var lines = 4_000_000
  /// The most mappings of a profile; the kernel gives a process 65,530 unless told otherwise
  /// (vm.max_map_count).
  package var mappings = 100_000
  /// The most comments of a profile.
  package var comments = 10_000
  /// The most labels of all samples, object sizes aside.
  package var labels = 4_000_000
  /// The longest line of a text capture in bytes.
  package var lineBytes = 64 << 10
  /// The largest text in bytes that may have gone through a person's hands.
  ///
  /// In such a text prose and captures may be mixed, the newest line first and traces laid out anew.
  /// A larger one is a tool's own file of one kind, with at most a log's prefix before each line.
  package var pastedBytes = 1 << 20

  /// The limits that apply where none are given.
  package static let `default` = ParseLimits()

  /// Makes the default limits, to be changed.
  package init() {}
}
