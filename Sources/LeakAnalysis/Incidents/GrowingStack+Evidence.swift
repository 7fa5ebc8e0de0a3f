import GoFormats

extension GrowingStack {
  /// Stacks that stand for less of the growth are left out: they are ordinary work.
  private static let leastShare = 0.05
  /// How many stacks of one kind are kept.
  private static let perKind = 6
  /// How many calls of a stack are kept, from the leaf; deeper ones hardly weigh.
  private static let depth = 24

  /// The stacks that some evidence accuses, the weightiest of each kind first.
  static func all(in evidence: EvidenceBundle) -> [GrowingStack] {
    goroutines(in: evidence) + crash(in: evidence)
      + memory(.heap, "inuse_space", in: evidence)
      + memory(.allocated, "alloc_space", in: evidence)
  }

  private static func goroutines(in evidence: EvidenceBundle) -> [GrowingStack] {
    guard let growth = evidence.goroutineGrowth, growth.total > 0 else { return [] }
    // A gain of a few among many is no growth. Twenty is what a quiet server's pools vary by.
    let significance =
      growth.isDifference
      ? min(1, Double(growth.total) * 4 / Double(max(80, growth.count))) : 1
    return growth.groups.prefix(perKind).compactMap { group in
      let share = min(1, Double(group.count) / Double(growth.total))
      guard share >= leastShare, group.wait != .idle else { return nil }
      var frames = group.frames
      if let createdBy = group.createdBy { frames.append(createdBy) }
      return GrowingStack(
        kind: .goroutine,
        state: group.wait.rawValue,
        weight: share * significance,
        frames,
        evidence.ownCode
      )
    }
  }

  private static func crash(in evidence: EvidenceBundle) -> [GrowingStack] {
    guard let crash = evidence.crash?.value else { return [] }
    let dump = crash.goroutines
    let frames = dump.entries.first.map { dump.stacks[$0.stack].map { dump.frames[Int($0)] } } ?? []
    return [
      GrowingStack(
        kind: .crash,
        state: crash.kind.rawValue,
        weight: 1,
        frames,
        evidence.ownCode
      )
    ].compactMap { $0 }
  }

  private static func memory(
    _ kind: Kind,
    _ column: String,
    in evidence: EvidenceBundle
  ) -> [GrowingStack] {
    guard let last = evidence.heaps.last?.value else {
      return kind == .heap ? printed(in: evidence) : []
    }
    var bytes = heaviest(column, of: last)
    if evidence.heaps.count > 1, let before = evidence.heaps.first?.value {
      for (stack, earlier) in heaviest(column, of: before) {
        if let now = bytes[stack] { bytes[stack] = now &- earlier }
      }
    }
    let grown = bytes.filter { $0.value > 0 }
    let total = grown.values.reduce(0) { $0 + Double($1) }
    let ranked = grown.sorted {
      $0.value != $1.value
        ? $0.value > $1.value
        : $0.key.lazy.map(\.function).lexicographicallyPrecedes($1.key.lazy.map(\.function))
    }
    return ranked.prefix(perKind).compactMap { frames, value in
      let share = Double(value) / total
      guard share >= leastShare else { return nil }
      return GrowingStack(kind: kind, state: "", weight: share, frames, evidence.ownCode)
    }
  }

  /// The bytes of the stacks that hold a two-thousandth or more of a column.
  private static func heaviest(_ type: String, of profile: Profile) -> [[Frame]: Int64] {
    guard let column = profile.column(type) else { return [:] }
    let values = (0..<profile.sampleCount).map { profile.value(ofSample: $0, inColumn: column) }
    let least = max(1, values.reduce(0, &+) / 2_000)
    var bytes: [[Frame]: Int64] = [:]
    for sample in values.indices where values[sample] >= least {
      // Lines move between builds and bring no other function.
      let frames = profile.frames(ofSample: sample).map {
        Frame(function: $0.function, file: $0.file)
      }
      bytes[frames, default: 0] &+= values[sample]
    }
    return bytes
  }

  /// The sites of a heap that only pprof's print tells of, each a stack of one call.
  private static func printed(in evidence: EvidenceBundle) -> [GrowingStack] {
    guard let growth = evidence.heapGrowth, growth.total > 0 else { return [] }
    return growth.sites.prefix(perKind).compactMap { site in
      let share = min(1, Double(site.bytes) / Double(growth.total))
      guard share >= leastShare else { return nil }
      return GrowingStack(kind: .heap, state: "", weight: share, [site.frame], evidence.ownCode)
    }
  }

  /// Normalises a stack; nil when nothing but the runtime's own calls is on it.
  private init?(
    kind: Kind,
    state: String,
    weight: Double,
    _ frames: [Frame],
    _ ownCode: OwnCode
  ) {
    let isRuntime = { (frame: Frame) in ownCode.origin(of: frame) == .runtime }
    var shown = frames.drop(while: isRuntime)
    while let last = shown.last, isRuntime(last) { shown.removeLast() }
    // Without another call the runtime's are all there is: a collector's crash, a finalizer.
    if shown.isEmpty { shown = frames[...] }
    guard !shown.isEmpty || kind == .crash else { return nil }
    self.init(
      kind: kind,
      state: state,
      weight: weight,
      calls: shown.prefix(Self.depth).map { frame in
        Call(
          function: FunctionName(frame.function).normalized,
          isOwn: ownCode.isOwn(frame)
        )
      }
    )
  }
}
