import GoFormats

extension GCTrace {
  /// GOGC in percent, by the goals that the cycles aimed at; nil where they do not tell.
  ///
  /// The goal of a cycle is the live heap L of the one before and GOGC percent of L and the stacks
  /// (Go 1.18 and later, runtime/mgcpacer.go; globals left out).
  /// Lines are in whole MiB: cycles with less than 16 MiB live do not count. A memory limit in
  /// reach lowers the goal down to the live heap: nothing is told of GOGC then.
  package var goGC: Double? {
    let percents = (1..<max(1, count)).compactMap { cycle -> Double? in
      let before = live[cycle - 1]
      guard before >= 16 else { return nil }
      let scanned = before + (stacks[cycle - 1].isFinite ? stacks[cycle - 1] : 0)
      return (goals[cycle] - before) / scanned * 100
    }
    guard percents.count >= 3 else { return nil }
    let median = percents.sorted()[percents.count / 2].rounded()
    return median >= 2 ? median : nil
  }
}
