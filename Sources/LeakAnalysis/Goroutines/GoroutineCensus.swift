package import GoFormats
package import LeakModel

/// Goroutines that do the same: same wait, same calls.
package struct GoroutineGroup: Sendable, Equatable {
  /// What the group is told by: wait and functions, without what changes between builds.
  package let key: String
  package let wait: GoroutineWait
  /// The stack, leaf first, without the runtime's own frames at either end.
  package let frames: [Frame]
  package var count: Int
  /// The longest wait in whole minutes; nil where the capture has no states.
  package var waitMinutes: Int?
  /// The function that started them; nil where the capture does not tell.
  package let createdBy: Frame?
  /// The program's own function nearest to the leaf.
  package let ownFrame: Frame?

  /// What groups are one place by: the same wait in the same function of the program, from
  /// wherever that was called; for a library's goroutines, the same stack.
  var place: String {
    guard let ownFrame, let leaf = frames.first else { return key }
    let names = [ownFrame, leaf].map { FunctionName($0.function).normalized }
    return ([wait.rawValue] + names).joined(separator: "\n")
  }

  /// Whether a function is on the stack, by its full name.
  package func contains(_ function: String) -> Bool {
    frames.contains { $0.function == function }
  }
}

/// All goroutines of one moment, in groups; the largest group first.
package struct GoroutineCensus: Sendable {
  package let source: String
  /// When it was taken, as far as the capture tells.
  package let time: Instant?
  package let groups: [GoroutineGroup]
  package let total: Int
  /// Whether the capture holds every goroutine; a dump may be cut.
  package let isComplete: Bool
  /// Whether it is a text dump, which has states and waiting times but may be cut without a sign.
  package let isText: Bool

  package init(
    source: String,
    time: Instant?,
    groups: [GoroutineGroup],
    total: Int,
    isComplete: Bool,
    isText: Bool
  ) {
    self.source = source
    self.time = time
    self.groups = groups.sorted { ($1.count, $0.key) < ($0.count, $1.key) }
    self.total = total
    self.isComplete = isComplete
    self.isText = isText
  }

  /// The census of some of the goroutines only.
  func filtered(_ part: (GoroutineGroup) -> Bool) -> GoroutineCensus {
    let kept = groups.filter(part)
    return GoroutineCensus(
      source: source,
      time: time,
      groups: kept,
      total: kept.reduce(0) { $0 + $1.count },
      isComplete: isComplete,
      isText: isText
    )
  }

  /// The goroutines whose stack holds a function that satisfies a test.
  package func count(where holds: (GoroutineGroup) -> Bool) -> Int {
    groups.reduce(0) { holds($1) ? $0 + $1.count : $0 }
  }
}

extension GoroutineCensus {
  /// Counts a goroutine profile: every goroutine is in it, without states.
  package init(profile: Profile, source: String, ownCode: OwnCode) {
    var groups: [String: GoroutineGroup] = [:]
    var total = 0
    let column = profile.column("goroutine") ?? profile.column("goroutines") ?? 0
    for sample in 0..<profile.sampleCount {
      // A process has no room for more, and sums stay far from the limit.
      let count = min(Int(profile.value(ofSample: sample, inColumn: column)), 1 << 36)
      guard count > 0 else { continue }
      total += count
      let frames = profile.frames(ofSample: sample)
      let functions = frames.map(\.function)
      let wait = GoroutineWait(functions: functions).refined(by: functions)
      Self.add(frames, wait, count: count, minutes: nil, createdBy: nil, ownCode, to: &groups)
    }
    self.init(
      source: source,
      time: Instant(nanoseconds: profile.timeNanos),
      groups: Array(groups.values),
      total: total,
      isComplete: true,
      isText: false
    )
  }

  /// Counts a text dump; stacks that are equal but for the wait minutes come together.
  package init(dump: GoroutineDump, source: String, ownCode: OwnCode) {
    struct Place: Hashable, Comparable {
      let stack: Int
      let state: Int
      let createdBy: Int

      static func < (one: Place, other: Place) -> Bool {
        (one.stack, one.state, one.createdBy) < (other.stack, other.state, other.createdBy)
      }
    }
    var tally: [Place: (count: Int, minutes: Int)] = [:]
    for entry in dump.entries {
      let place = Place(stack: entry.stack, state: entry.state, createdBy: entry.createdBy)
      let (count, minutes) = tally[place] ?? (0, 0)
      tally[place] = (count + entry.count, max(minutes, entry.waitMinutes))
    }
    var groups: [String: GoroutineGroup] = [:]
    // In a fixed order: which of two alike stacks lends its lines must not change between runs.
    for (place, (count, minutes)) in tally.sorted(by: { $0.key < $1.key }) {
      let frames = dump.stacks[place.stack].map { dump.frames[Int($0)] }
      let functions = frames.map(\.function)
      let wait =
        place.state >= 0
        ? GoroutineWait(state: dump.states[place.state], functions: functions)
        : GoroutineWait(visible: functions, count: count)
      Self.add(
        frames,
        wait.refined(by: functions),
        count: count,
        minutes: place.state >= 0 ? minutes : nil,
        createdBy: place.createdBy >= 0 ? dump.frames[place.createdBy] : nil,
        ownCode,
        to: &groups
      )
    }
    self.init(
      source: source,
      time: nil,
      groups: Array(groups.values),
      total: max(dump.total, dump.statedTotal ?? 0),
      isComplete: !dump.isCut && dump.total >= dump.statedTotal ?? 0,
      isText: true
    )
  }

  private static func add(
    _ frames: [Frame],
    _ wait: GoroutineWait,
    count: Int,
    minutes: Int?,
    createdBy: Frame?,
    _ ownCode: OwnCode,
    to groups: inout [String: GoroutineGroup]
  ) {
    let isRuntime = { (frame: Frame) in
      FunctionName(frame.function).origin(file: frame.file) == .runtime
    }
    // The runtime's frames at the ends differ between profiles and dumps of the same goroutine;
    // those of finalizers are the only sign of what the goroutine is.
    var shown = frames[...]
    if wait != .finalizer {
      shown = shown.drop(while: isRuntime)
      while let last = shown.last, isRuntime(last),
        !LibraryGoroutine.finalizerRunners.contains(last.function)
      {
        shown.removeLast()
      }
    }
    let names = shown.map { FunctionName($0.function).normalized }
    let key = ([wait.rawValue] + names).joined(separator: "\n")
    if var group = groups[key] {
      group.count += count
      group.waitMinutes = minutes.map { max($0, group.waitMinutes ?? 0) } ?? group.waitMinutes
      groups[key] = group
    } else {
      groups[key] = GoroutineGroup(
        key: key,
        wait: wait,
        frames: Array(shown),
        count: count,
        waitMinutes: minutes,
        createdBy: createdBy,
        ownFrame: shown.first(where: ownCode.isOwn)
      )
    }
  }
}

extension Profile {
  /// The calls of a sample, leaf first, inlined calls included; `?` where symbols are missing.
  package func frames(ofSample sample: Int) -> [Frame] {
    var frames: [Frame] = []
    for location in locations(ofSample: sample) {
      let lines = lines(ofLocation: Int(location))
      if lines.isEmpty { frames.append(Frame(function: "?")) }
      for line in lines {
        let function = Int(lineFunctions[line])
        frames.append(
          Frame(
            function: functionNames[function],
            file: functionFiles[function],
            line: Int(lineNumbers[line])
          )
        )
      }
    }
    return frames
  }
}
