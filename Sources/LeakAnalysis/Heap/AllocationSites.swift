package import GoFormats

/// Where a program allocates: the program's own function nearest to the allocation.
package struct AllocationSite: Sendable {
  /// The function, or the leaf of a library where the stack has none of the program's own.
  package let frame: Frame
  package let isOwn: Bool
  package var bytes: Int64 = 0
  package var objects: Int64 = 0
  /// The bytes by what allocates below the function.
  package var bytesByKind: [AllocationKind: Int64] = [:]
  /// What is allocated at each place, by size of object, as the profile's samples tell.
  package var amounts: [AllocationPlace: [Int64: AllocationAmount]] = [:]
  /// Whether the function was seen to take from a sync.Pool or to give back.
  package var usesPool = false
  /// The bytes allocated inside a request handler.
  package var handlerBytes: Int64 = 0

  /// What allocates most there.
  package var kind: AllocationKind {
    bytesByKind.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .other
  }

  /// The bytes by size of object, over all places.
  private var bytesBySize: [Int64: Int64] {
    amounts.values.reduce(into: [:]) { sum, sizes in
      for (size, amount) in sizes { sum[size, default: 0] += amount.bytes }
    }
  }

  /// The number of object sizes that hold a fiftieth of the bytes or more.
  package var sizeCount: Int { bytesBySize.values.filter { $0 * 50 >= bytes && $0 > 0 }.count }

  /// The same in the one line that makes most of them: a container that is regrown goes through many
  /// sizes in one line, a formatter or encoder makes few in each of many.
  package var sizeCountInLine: Int {
    var lines: [[AllocationPlace.Line]: [Int64: Int64]] = [:]
    for (place, sizes) in amounts {
      for (size, amount) in sizes {
        lines[place.ends, default: [:]][size, default: 0] += amount.bytes
      }
    }
    return lines.values.map { sizes in
      sizes.values.filter { $0 * 50 >= bytes && $0 > 0 }.count
    }.max() ?? 0
  }

  /// The size of object that holds the middle byte: half of the bytes are in larger ones.
  package var typicalSize: Int64 {
    var below: Int64 = 0
    for (size, held) in bytesBySize.sorted(by: { $0.key < $1.key }) where held > 0 {
      below += held
      if below * 2 >= bytes { return size }
    }
    return 0
  }

  /// Mean object size in bytes; the typical size where the count of objects fell.
  package var meanSize: Double {
    objects > 0 ? Double(bytes) / Double(objects) : Double(typicalSize)
  }
}

/// One column of a heap profile, added up by site.
package struct AllocationSites: Sendable {
  /// The sites by the function's normalised name.
  package private(set) var sites: [String: AllocationSite] = [:]
  package private(set) var total: Int64 = 0

  init() {}

  /// Takes the rows of a report: each function for itself, as stacks are not shown.
  ///
  /// What a library's function holds goes to the program's own function that calls most of it,
  /// where the report has one.
  init(_ report: ProfileReport, ownCode: OwnCode) {
    let callers = report.rows.filter { row in
      ownCode.isOwn(Frame(function: row.function)) && row.function != "main.main"
    }
    let caller = callers.max { ($0.cumulative, $1.function) < ($1.cumulative, $0.function) }
    for row in report.rows where row.flat > 0 {
      let call = StackCall(Frame(function: row.function), ownCode)
      let owner = call.isOwn ? nil : caller.map { StackCall(Frame(function: $0.function), ownCode) }
      add([call] + (owner.map { [$0] } ?? []), bytes: Int64(row.flat), objects: 0)
    }
    total = Int64(report.total ?? report.rows.reduce(0) { $0 + $1.flat })
  }

  /// Adds up `inuse` or `alloc`: the columns `inuse_space` and `inuse_objects`, or their twins.
  package init(_ profile: Profile, _ column: Column, ownCode: OwnCode) {
    var calls = StackCalls(profile, ownCode)
    self.init(profile, column, &calls)
  }

  /// Adds up a column of a profile whose calls may be known already from another: the stacks that
  /// count, all by default.
  init(
    _ profile: Profile,
    _ column: Column,
    _ calls: inout StackCalls,
    where part: ([StackCall]) -> Bool = { _ in true }
  ) {
    guard let space = profile.column(column.rawValue + "_space") else { return }
    let objects = profile.column(column.rawValue + "_objects")
    for sample in 0..<profile.sampleCount {
      let bytes = profile.value(ofSample: sample, inColumn: space)
      guard bytes != 0 else { continue }
      let stack = calls.calls(ofSample: sample)
      // The profiler's own memory is no part of the program.
      if stack.contains(where: \.isProfiler) || !part(stack) { continue }
      total += bytes
      let count = objects.map { profile.value(ofSample: sample, inColumn: $0) } ?? 0
      add(stack, bytes: bytes, objects: count)
    }
  }

  /// Which values of a profile are added up: what is in use, or all that was allocated.
  package enum Column: String, Sendable {
    case inuse
    case alloc
  }

  private mutating func add(_ stack: [StackCall], bytes: Int64, objects: Int64) {
    // What a pool's New makes is for the one who takes it, not for New.
    let start = stack.firstIndex(where: \.takesFromPool) ?? 0
    let own = stack[start...].firstIndex(where: \.isOwn)
    // Without an own frame: the deepest call that is not the runtime's, so that one library is one site.
    let index = own ?? stack.firstIndex { !$0.isRuntime } ?? 0
    guard index < stack.count else { return }
    let below = stack[..<index].filter { !$0.isRuntime }
    let kind = AllocationKind(signsBelow: (own == nil ? stack : below).map(\.signs))
    let key = stack[index].normalizedName
    var site =
      sites.removeValue(forKey: key)
      ?? AllocationSite(frame: stack[index].frame, isOwn: own != nil)
    site.bytes += bytes
    site.objects += objects
    site.bytesByKind[kind, default: 0] += bytes
    if objects > 0 {
      let calls = below + [stack[index]]
      let place = AllocationPlace(
        path: calls.map { .init(function: $0.normalizedName, number: $0.frame.line) }
      )
      site.amounts[place, default: [:]][bytes / objects, default: AllocationAmount()] +=
        AllocationAmount(bytes: bytes, objects: objects)
    }
    if below.contains(where: \.isPools) { site.usesPool = true }
    if stack.contains(where: \.isHandler) { site.handlerBytes += bytes }
    sites[key] = site
  }

  /// What was added since an earlier profile of the same process, site by site.
  package func growth(since earlier: AllocationSites) -> [AllocationSite] {
    sites.map { key, site in
      guard let before = earlier.sites[key] else { return site }
      var grown = site
      grown.bytes -= before.bytes
      grown.objects -= before.objects
      grown.handlerBytes -= before.handlerBytes
      for (place, sizes) in before.amounts {
        for (size, amount) in sizes {
          grown.amounts[place, default: [:]][size, default: AllocationAmount()] -= amount
        }
      }
      for (kind, bytes) in before.bytesByKind { grown.bytesByKind[kind, default: 0] -= bytes }
      return grown
    }
    .sorted { ($1.bytes, $0.frame.function) < ($0.bytes, $1.frame.function) }
  }

  /// The sites, the largest first.
  package var ranked: [AllocationSite] {
    sites.values.sorted { ($1.bytes, $0.frame.function) < ($0.bytes, $1.frame.function) }
  }
}
