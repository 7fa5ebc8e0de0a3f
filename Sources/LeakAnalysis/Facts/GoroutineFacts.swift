import GoFormats
import LeakModel

extension FactSet {
  /// Adds what goroutine profiles and dumps tell.
  mutating func measureGoroutines(_ evidence: EvidenceBundle) {
    measureFinalizer(evidence)
    if let deepest = evidence.dumps.max(by: { $0.value.deepestStack < $1.value.deepestStack }),
      deepest.value.deepestStack > 0
    {
      insert(
        .goroutineDeepestStack,
        Double(deepest.value.deepestStack),
        "the deepest stack has \(deepest.value.deepestStack) frames",
        [deepest.source]
      )
    }
    if let leaked = evidence.leaked {
      insert(
        .goroutineLeaked,
        Double(leaked.total),
        "Go's own leak detector found \(leaked.total) goroutines that nothing can wake",
        [leaked.source]
      )
    }
    guard let growth = evidence.goroutineGrowth else { return }
    measureLibraryGoroutines(growth, evidence)
    let from = growth.sources
    guard let top = growth.top else {
      insert(.goroutineGrowingCount, 0, "no group of goroutines grew", from)
      return
    }
    let place = (top.ownFrame ?? top.frames.first)?.function ?? "no named function"
    let noun = growth.isDifference ? "more goroutines" : "goroutines"
    insert(
      .goroutineGrowingCount,
      Double(top.count),
      "\(top.count) \(noun) \(top.wait.phrase) in \(place)",
      from
    )
    let isExcerpt = !growth.isDifference && evidence.goroutinesAreExcerpt
    // A crash prints the goroutine that crashed: it ran, and waits for nothing.
    if isExcerpt, evidence.crash != nil, top.wait == .running { return }
    insert(
      .goroutineExcerpt,
      .flag(isExcerpt),
      isExcerpt
        ? "only some goroutines are shown, such as a person picks out"
        : "nobody picked the goroutines that are shown",
      from
    )
    let subject = isExcerpt ? growth.subject(evidence.ownCode) : .nothing
    insert(
      .goroutineExcerptOf,
      .word(subject.rawValue),
      "the goroutines picked out are \(subject.phrase)",
      from
    )
    // A handful of goroutines more is the ordinary coming and going of requests.
    guard top.count >= 10 || isExcerpt else { return }
    let whole =
      growth.isDifference
      ? "the new goroutines" : isExcerpt ? "the goroutines shown" : "all goroutines"
    // A goroutine that a person picked alone is all that is shown.
    if !isExcerpt || growth.total > 1 {
      let share = Double(top.count) / Double(max(growth.total, top.count, 1))
      insert(
        .goroutineGrowingShare,
        share,
        "\(place) explains \(percent(share)) of \(whole)",
        from
      )
    }
    if top.wait != .other {
      let alike = growth.groups.reduce(0) { $1.wait == top.wait ? $0 + $1.count : $0 }
      let share = Double(alike) / Double(max(growth.total, alike, 1))
      insert(
        .goroutineGrowingWaitShare,
        share,
        "\(percent(share)) of \(whole) are \(top.wait.phrase)",
        from
      )
      insert(
        .goroutineGrowingWait,
        .word(top.wait.rawValue),
        "the goroutines that pile up are \(top.wait.phrase)",
        from
      )
    }
    insert(
      .goroutineGrowingHasOwnFrame,
      .flag(top.ownFrame != nil),
      top.ownFrame == nil
        ? "the goroutines that pile up run library code only"
        : "the goroutines that pile up are inside the program's own \(place)",
      from
    )
    let inHandler = top.frames.contains { LibraryGoroutine.handlers.contains($0.function) }
    insert(
      .goroutineGrowingInHandler,
      .flag(inHandler),
      inHandler
        ? "the goroutines that pile up run inside request handlers"
        : "the goroutines that pile up run outside of request handlers",
      from
    )
    measureWait(of: top, evidence)
  }

  /// The number of goroutines by the captures, where no series told it.
  mutating func measureGoroutineTotals(_ evidence: EvidenceBundle) {
    let censuses = evidence.countableCensuses
    guard self[.goroutineCount] == nil, let last = censuses.last else { return }
    insert(.goroutineCount, Double(last.total), "\(last.total) goroutines", [last.source])
    let complete = censuses.filter(\.isComplete)
    guard complete.count > 1, let first = complete.first, let end = complete.last else { return }
    let from = complete.map(\.source)
    let growth = end.total - first.total
    insert(
      .goroutineGrowth,
      Double(growth),
      "goroutines went from \(first.total) to \(end.total)",
      from
    )
    insert(
      .goroutineGrowthRatio,
      Double(end.total) / Double(max(1, first.total)),
      "\((Double(end.total) / Double(max(1, first.total))).shortText) times as many goroutines as before",
      from
    )
    if let start = first.time, let stop = end.time, stop > start {
      let slope = Double(growth) / (stop.seconds - start.seconds) * 60
      insert(.goroutineSlope, slope, "goroutines change by \(slope.shortText) a minute", from)
    }
    if complete.count > 2 {
      let middle = complete[complete.count / 2].total
      let isGrowing =
        growth > 20 && Double(end.total) > 1.2 * Double(first.total)
        && Double(middle - first.total) > 0.15 * Double(growth)
        && Double(end.total - middle) > 0.15 * Double(growth)
      insert(
        .goroutineIsGrowing,
        .flag(isGrowing),
        isGrowing
          ? "every capture has more goroutines than the one before"
          : "the number of goroutines does not grow steadily",
        from
      )
    }
  }

  /// The waiting time comes from dumps, which alone have it: of the same functions there.
  private mutating func measureWait(of top: GoroutineGroup, _ evidence: EvidenceBundle) {
    let names = Set(top.frames.map { FunctionName($0.function).normalized })
    for census in evidence.censuses.reversed() {
      let alike = census.groups.filter { group in
        guard group.waitMinutes != nil, group.wait == top.wait, let leaf = group.frames.first
        else { return false }
        return names.contains(FunctionName(leaf.function).normalized)
          && group.ownFrame.map { FunctionName($0.function).normalized }
            == top.ownFrame.map { FunctionName($0.function).normalized }
      }
      guard let longest = alike.compactMap(\.waitMinutes).max() else { continue }
      measureWaking(top, longestWait: longest, census: census, evidence)
      insert(
        .goroutineGrowingWaitMinutes,
        Double(longest),
        longest == 0
          ? "none of the goroutines that pile up has waited for a whole minute"
          : "the longest wait in \((top.ownFrame ?? top.frames.first)?.function ?? "it") is \(longest) minute\(longest == 1 ? "" : "s")",
        [census.source]
      )
      return
    }
  }

  /// A goroutine's wait is counted from its last wake (from the GC that first saw it parked, so it
  /// reads low by up to two minutes): old goroutines with short waits are awake from time to time.
  private mutating func measureWaking(
    _ top: GoroutineGroup,
    longestWait: Int,
    census: GoroutineCensus,
    _ evidence: EvidenceBundle
  ) {
    let alive = evidence.censuses.filter { census in
      census.time != nil && census.groups.contains { $0.key == top.key && $0.count >= 3 }
    }
    guard let first = alive.first?.time, let last = alive.last?.time else { return }
    let age = (last.seconds - first.seconds) / 60
    guard age >= 3 else { return }
    let wakes = Double(longestWait) < 0.35 * age
    insert(
      .goroutineGrowingWakes,
      .flag(wakes),
      wakes
        ? "goroutines \(Int(clamping: age)) minutes old have not waited longer than \(longestWait): they wake again and again"
        : "the goroutines that pile up do not wake: \(longestWait) minutes in one wait",
      [census.source]
    )
  }

  private mutating func measureLibraryGoroutines(
    _ growth: GoroutineGrowth,
    _ evidence: EvidenceBundle
  ) {
    let more = growth.isDifference ? " more" : ""
    let from = growth.sources
    let streams = growth.growth(of: LibraryGoroutine.httpStream)
    let http = growth.growth(of: LibraryGoroutine.httpClient)
    insert(
      .goroutineHTTPClientGrowth,
      Double(http + streams),
      "\(http + streams)\(more) HTTP client connections or streams",
      from
    )
    let open = growth.groups.reduce(0) { sum, group in
      group.contains("net/http.(*persistConn).readLoop") && group.wait == .select
        ? sum + group.count : sum
    }
    if http + streams > 0 {
      let share = Double(open + streams) / Double(http + streams)
      insert(
        .goroutineHTTPClientBodyOpenShare,
        share,
        "\(percent(share)) of the new client connections have a response whose body is still open",
        from
      )
    }
    let handles = max(
      http - open,
      growth.largest(of: LibraryGoroutine.rpcClient),
      growth.growth(of: LibraryGoroutine.sqlPool),
      growth.libraryBackground(evidence.ownCode)
    )
    insert(
      .goroutineClientHandlesGrowth,
      Double(handles),
      "\(handles)\(more) clients or idle connections that nobody closed",
      from
    )
    let waiters = growth.groups.reduce(0) { $1.isContextWaiter ? $0 + $1.count : $0 }
    insert(
      .goroutineContextWaitGrowth,
      Double(waiters),
      "\(waiters)\(more) goroutines that wait for a context to end",
      from
    )
    let families: [(FactID, Set<String>, String)] = [
      (
        .goroutineRPCClientGrowth, LibraryGoroutine.rpcClient,
        "goroutines of gRPC client connections"
      ),
      (.goroutineSQLPoolGrowth, LibraryGoroutine.sqlPool, "database handles (sql.Open)"),
      (.goroutineSQLRowsGrowth, LibraryGoroutine.sqlRows, "open result sets or transactions"),
      (
        .goroutineSQLConnWaitGrowth, LibraryGoroutine.sqlConnWait,
        "waiting for a database connection"
      ),
    ]
    for (id, functions, phrase) in families {
      let count = growth.growth(of: functions)
      insert(id, Double(count), "\(count)\(more) \(phrase)", from)
    }
  }

  /// The finalizer goroutine at rest waits in the runtime; with a frame of the program it is stuck
  /// or busy there, and every later finalizer waits behind it (runtime/mfinal.go: one goroutine).
  private mutating func measureFinalizer(_ evidence: EvidenceBundle) {
    var seen: (stuck: Int, captures: Int) = (0, 0)
    var place: String?
    for census in evidence.censuses {
      seen.captures += 1
      for group in census.groups
      where group.frames.contains(where: { LibraryGoroutine.finalizerRunners.contains($0.function) }
      )
        || LibraryGoroutine.finalizerRunners.contains(group.createdBy?.function ?? "")
      {
        if let own = group.ownFrame {
          seen.stuck += 1
          place = own.function
        }
      }
    }
    guard seen.captures > 0 else { return }
    let from = evidence.censuses.map(\.source)
    // Busy in two captures or more is no coincidence: a finalizer should take microseconds.
    let isStuck = seen.stuck >= 2 || (seen.stuck == 1 && seen.captures == 1)
    insert(
      .goroutineFinalizerStuck,
      .flag(isStuck),
      isStuck
        ? "the finalizer goroutine is inside \(place ?? "the program") in \(seen.stuck) of \(seen.captures) captures"
        : "the finalizer goroutine is at rest",
      from
    )
  }
}
