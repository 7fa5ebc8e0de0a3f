extension GCTrace {
  /// Reads the cycles of a log with `GODEBUG=gctrace=1` (Go 1.5 to 1.27).
  ///
  /// Whatever stands before `gc N @` on a line is the log's. Fields that a version lacks are NaN;
  /// lines that are no cycle, or that end before the heap sizes, are passed over.
  package init(_ bytes: [UInt8]) {
    self.init()
    var text = TextCursor(bytes)
    var cycles: [Cycle] = []
    while let line = text.takeLine() {
      if let cycle = Cycle(line) { cycles.append(cycle) }
    }
    // Log viewers show the newest line first.
    let isNewestFirst = zip(cycles, cycles.dropFirst()).allSatisfy { $0.number > $1.number }
    for cycle in isNewestFirst ? cycles.reversed() : cycles { append(cycle) }
  }

  /// Whether a line is a cycle of a GC trace.
  static func isCycle(_ line: TextCursor) -> Bool { Cycle(line) != nil }

  private mutating func append(_ cycle: Cycle) {
    cycles.append(cycle.number)
    times.append(cycle.time)
    cpuPercents.append(cycle.cpuPercent)
    pauses.append(cycle.pause)
    cpuTimes.append(cycle.cpuTime)
    heapBefore.append(cycle.heapBefore)
    heapAfter.append(cycle.heapAfter)
    live.append(cycle.live)
    goals.append(cycle.goal)
    stacks.append(cycle.stacks)
    processors.append(cycle.processors)
    forced.append(cycle.isForced)
  }
}

/// One line of a GC trace.
private struct Cycle {
  let number: Int
  let time: Double
  let cpuPercent: Double
  let pause: Double
  let cpuTime: Double
  let heapBefore: Double
  let heapAfter: Double
  let live: Double
  var goal = Double.nan
  var stacks = Double.nan
  var processors = 0
  var isForced = false

  init?(_ line: TextCursor) {
    var line = line
    guard let found = Self.start(&line) else { return nil }
    number = found.number
    time = found.time
    guard let percent = line.takeDecimal(), line.take("%: "),
      let clock = Self.sums(&line), line.take(" ms clock, "),
      let cpu = Self.sums(&line), line.take(" ms cpu, "),
      let before = line.takeDecimal(), line.take("->"), let after = line.takeDecimal(),
      line.take("->"), let live = line.takeDecimal(), line.take(" MB")
    else { return nil }
    cpuPercent = percent
    pause = clock.firstAndLast
    cpuTime = cpu.all
    heapBefore = before
    heapAfter = after
    self.live = live
    while line.take(", ") {
      guard let value = line.takeDecimal() else { break }
      if line.take(" MB goal") {
        goal = value
      } else if line.take(" MB stacks") {
        stacks = value
      } else if line.take(" P") {
        processors = Int(min(value, 1e6))
      } else {
        _ = line.take { $0 != UInt8(ascii: ",") }
      }
    }
    isForced = line.starts(with: " (forced)")
  }

  /// Finds `gc 28 @388.967s ` behind any prefix.
  private static func start(_ line: inout TextCursor) -> (number: Int, time: Double)? {
    while line.take(through: "gc ") {
      var cursor = line
      guard let number = cursor.takeInteger(), cursor.take(" @"),
        let time = cursor.takeDecimal(), cursor.take("s ")
      else { continue }
      line = cursor
      return (Int(number), time)
    }
    return nil
  }

  /// Takes `0.34+0.17/17/47+0.011`: its sum, and the sum of its first and last number.
  private static func sums(_ line: inout TextCursor) -> (all: Double, firstAndLast: Double)? {
    guard let first = line.takeDecimal() else { return nil }
    var all = first
    var last = 0.0
    while line.take("+") || line.take("/") {
      guard let value = line.takeDecimal() else { return nil }
      all += value
      last = value
    }
    return (all, first + last)
  }
}
