/// The GC cycles of a `GODEBUG=gctrace=1` log, in columns of equal length.
///
/// A line: `gc 28 @388.967s 0%: 0.17+33+0.005 ms clock, 0.34+0.17/17/47+0.011 ms cpu,
/// 55->55->29 MB, 56 MB goal, 1 MB stacks, 0 MB globals, 2 P` (Go 1.27, runtime/extern.go).
package struct GCTrace: Sendable, Equatable {
  package var cycles: [Int] = []
  /// Seconds since the process started.
  package var times: [Double] = []
  /// Percent of CPU time spent in GC since the process started.
  package var cpuPercents: [Double] = []
  /// Stop-the-world time of the cycle (first and last phase), milliseconds.
  package var pauses: [Double] = []
  /// CPU time of the whole cycle, milliseconds.
  package var cpuTimes: [Double] = []
  /// Heap at the start of the cycle, at its end, and live after marking, MiB.
  package var heapBefore: [Double] = []
  package var heapAfter: [Double] = []
  package var live: [Double] = []
  /// The heap size that this cycle aimed at, MiB.
  package var goals: [Double] = []
  /// MiB of stacks scanned; NaN before Go 1.18.
  package var stacks: [Double] = []
  /// GOMAXPROCS.
  package var processors: [Int] = []
  /// Which cycles the program asked for with runtime.GC (Go 1.27, runtime/mgc.go: `userForced`).
  package var forced: [Bool] = []

  package init() {}

  package var count: Int { times.count }
}
