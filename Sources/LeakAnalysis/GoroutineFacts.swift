import GoFormats
import LeakModel

/// The goroutines that piled up: groups of the last census that grew since the first.
package struct GoroutineGrowth: Sendable {
  package let sources: [String]
  /// Growth by group, the largest first; with a single census, all groups.
  package let groups: [GoroutineGroup]
  /// Goroutines gained (with one census: all).
  package let total: Int
  /// Goroutines in the last census.
  package let count: Int
  /// Seconds between the censuses; nil where the captures do not tell.
  package let span: Double?
  package let isDifference: Bool

  package init?(_ censuses: [GoroutineCensus]) {
    guard let last = censuses.last else { return nil }
    count = last.total
    guard censuses.count > 1, let first = censuses.first else {
      sources = [last.source]
      groups = last.groups
      total = last.total
      span = nil
      isDifference = false
      return
    }
    sources = [first.source, last.source]
    let before = Dictionary(first.groups.map { ($0.key, $0.count) }) { $0 + $1 }
    groups = last.groups.map { group in
      var grown = group
      grown.count -= before[group.key] ?? 0
      return grown
    }
    .filter { $0.count > 0 }
    .sorted { ($1.count, $0.key) < ($0.count, $1.key) }
    total = last.total - first.total
    span = first.time.flatMap { start in last.time.map { $0.seconds - start.seconds } }
    isDifference = true
  }

  /// The group that explains most of the growth; one with an own frame goes before a library's of
  /// about the same size, which it brought along.
  package var top: GoroutineGroup? {
    guard let first = groups.first(where: { $0.wait != .idle }) else { return nil }
    let own = groups.first { $0.ownFrame != nil && $0.count * 10 >= first.count * 9 }
    return own ?? first
  }

  /// The largest gain among some functions: a client runs one goroutine of each.
  package func largest(of functions: Set<String>) -> Int {
    functions.map { growth(of: [$0]) }.max() ?? 0
  }

  /// The largest gain of a goroutine that runs only the code of one library from outside, and
  /// serves no request: what clients start for themselves and stop when they are closed.
  package func libraryBackground(_ ownCode: OwnCode) -> Int {
    groups.filter { group in
      guard group.ownFrame == nil, let root = group.frames.last else { return false }
      return ownCode.origin(of: root) == .library
        && !group.frames.contains { LibraryGoroutine.handlers.contains($0.function) }
        && !root.function.contains("erver")
    }
    .map(\.count).max() ?? 0
  }

  /// Goroutines gained whose stack holds one of some functions.
  package func growth(of functions: Set<String>) -> Int {
    groups.reduce(0) { sum, group in
      group.frames.contains { functions.contains($0.function) } ? sum + group.count : sum
    }
  }
}

/// The functions of libraries that run goroutines for their callers.
package enum LibraryGoroutine {
  /// One for each client connection (Go 1.27, net/http/transport.go).
  package static let httpClient: Set<String> = [
    "net/http.(*persistConn).readLoop", "net/http.(*http2ClientConn).readLoop",
    "net/http.(*http2clientConnReadLoop).run", "golang.org/x/net/http2.(*clientConnReadLoop).run",
  ]
  /// One for each client connection or ClientConn (grpc-go 1.4x to 1.7x).
  package static let rpcClient: Set<String> = [
    "google.golang.org/grpc/internal/transport.(*http2Client).reader",
    "google.golang.org/grpc.(*addrConn).resetTransport",
    "google.golang.org/grpc.(*ccBalancerWrapper).watcher",
    "google.golang.org/grpc/internal/grpcsync.(*CallbackSerializer).run",
  ]
  /// One for each sql.DB (database/sql/sql.go, OpenDB).
  package static let sqlPool: Set<String> = ["database/sql.(*DB).connectionOpener"]
  /// One for each open result set or transaction with a context.
  package static let sqlRows: Set<String> = [
    "database/sql.(*Rows).awaitDone", "database/sql.(*Tx).awaitDone",
  ]
  /// Waiting for a connection of a full pool.
  package static let sqlConnWait: Set<String> = ["database/sql.(*DB).conn"]
  /// Runs inside a server's request.
  package static let handlers: Set<String> = [
    "net/http.(*conn).serve", "net/http.(*http2serverConn).runHandler",
    "golang.org/x/net/http2.(*serverConn).runHandler",
    "google.golang.org/grpc.(*Server).handleStream",
  ]
  package static let finalizerRunners: Set<String> = ["runtime.runfinq", "runtime.runFinalizers"]
}

extension FactSet {
  /// Adds what goroutine profiles and dumps tell.
  mutating func measureGoroutines(_ evidence: EvidenceBundle) {
    measureFinalizer(evidence)
    if let deepest = evidence.dumps.max(by: { $0.value.deepestStack < $1.value.deepestStack }),
      deepest.value.deepestStack > 0
    {
      insert(
        .goroutineDeepestStack, Double(deepest.value.deepestStack),
        "the deepest stack has \(deepest.value.deepestStack) frames", [deepest.source])
    }
    guard let growth = GoroutineGrowth(evidence.countableCensuses) else { return }
    measureLibraryGoroutines(growth, evidence)
    let from = growth.sources
    guard let top = growth.top else {
      insert(.goroutineGrowingCount, 0, "no group of goroutines grew", from)
      return
    }
    let place = (top.ownFrame ?? top.frames.first)?.function ?? "no named function"
    let verb = growth.isDifference ? "more" : "goroutines"
    insert(
      .goroutineGrowingCount, Double(top.count),
      "\(top.count) \(verb) \(top.wait.phrase) in \(place)", from)
    // A handful of goroutines more is the ordinary coming and going of requests.
    guard top.count >= 10 else { return }
    let share = Double(top.count) / Double(max(growth.total, top.count, 1))
    insert(
      .goroutineGrowingShare, share,
      "\(place) explains \(percent(share)) of \(growth.isDifference ? "the new goroutines" : "all goroutines")",
      from)
    insert(
      .goroutineGrowingWait, .word(top.wait.rawValue), "they are \(top.wait.phrase)", from)
    insert(
      .goroutineGrowingHasOwnFrame, .flag(top.ownFrame != nil),
      top.ownFrame == nil
        ? "they run library code only: no function of the program is on their stacks"
        : "the program's own \(place) is on their stacks", from)
    let inHandler = top.frames.contains { LibraryGoroutine.handlers.contains($0.function) }
    insert(
      .goroutineGrowingInHandler, .flag(inHandler),
      inHandler ? "they run inside request handlers" : "they run outside of request handlers", from)
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
      .goroutineGrowth, Double(growth), "goroutines went from \(first.total) to \(end.total)", from)
    insert(
      .goroutineGrowthRatio, Double(end.total) / Double(max(1, first.total)),
      "\((Double(end.total) / Double(max(1, first.total))).shortText) times as many goroutines as before",
      from)
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
        .goroutineIsGrowing, .flag(isGrowing),
        isGrowing
          ? "every capture has more goroutines than the one before"
          : "the number of goroutines does not grow steadily", from)
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
        .goroutineGrowingWaitMinutes, Double(longest),
        longest == 0
          ? "none of them has waited for a whole minute"
          : "the oldest of them has waited \(longest) minutes", [census.source])
      return
    }
  }

  /// A goroutine's wait is counted from its last wake (from the GC that first saw it parked, so it
  /// reads low by up to two minutes): old goroutines with short waits are awake from time to time.
  private mutating func measureWaking(
    _ top: GoroutineGroup, longestWait: Int, census: GoroutineCensus, _ evidence: EvidenceBundle
  ) {
    let alive = evidence.censuses.filter { census in
      census.time != nil && census.groups.contains { $0.key == top.key && $0.count >= 3 }
    }
    guard let first = alive.first?.time, let last = alive.last?.time else { return }
    let age = (last.seconds - first.seconds) / 60
    guard age >= 3 else { return }
    let wakes = Double(longestWait) < 0.35 * age
    insert(
      .goroutineGrowingWakes, .flag(wakes),
      wakes
        ? "they have been there for \(Int(age)) minutes, but none waited longer than \(longestWait): they wake again and again"
        : "they do not wake: the longest wait is \(longestWait) minutes", [census.source])
  }

  private mutating func measureLibraryGoroutines(
    _ growth: GoroutineGrowth, _ evidence: EvidenceBundle
  ) {
    let verb = growth.isDifference ? "more" : "in all"
    let from = growth.sources
    let connections = growth.growth(of: ["net/http.(*persistConn).readLoop"])
    let http = growth.growth(of: LibraryGoroutine.httpClient)
    insert(.goroutineHTTPClientGrowth, Double(http), "\(http) HTTP client connections \(verb)", from)
    let open = growth.groups.reduce(0) { sum, group in
      group.contains("net/http.(*persistConn).readLoop") && group.wait == .select
        ? sum + group.count : sum
    }
    if connections > 0 {
      let share = Double(open) / Double(connections)
      insert(
        .goroutineHTTPClientBodyOpenShare, share,
        "\(percent(share)) of their readLoops wait in select, for a body to be read or closed", from)
    }
    let handles = max(
      http - open, growth.largest(of: LibraryGoroutine.rpcClient),
      growth.growth(of: LibraryGoroutine.sqlPool), growth.libraryBackground(evidence.ownCode))
    insert(
      .goroutineClientHandlesGrowth, Double(handles),
      "\(handles) clients or idle connections \(verb) that nobody closed", from)
    let families: [(FactID, Set<String>, String)] = [
      (.goroutineRPCClientGrowth, LibraryGoroutine.rpcClient, "goroutines of gRPC client connections"),
      (.goroutineSQLPoolGrowth, LibraryGoroutine.sqlPool, "database handles (sql.Open)"),
      (.goroutineSQLRowsGrowth, LibraryGoroutine.sqlRows, "open result sets or transactions"),
      (.goroutineSQLConnWaitGrowth, LibraryGoroutine.sqlConnWait, "waiting for a database connection"),
    ]
    for (id, functions, phrase) in families {
      let count = growth.growth(of: functions)
      insert(id, Double(count), "\(count) \(phrase) \(verb)", from)
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
      where group.frames.contains(where: { LibraryGoroutine.finalizerRunners.contains($0.function) })
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
      .goroutineFinalizerStuck, .flag(isStuck),
      isStuck
        ? "the finalizer goroutine is inside \(place ?? "the program") in \(seen.stuck) of \(seen.captures) captures"
        : "the finalizer goroutine is at rest", from)
  }
}
