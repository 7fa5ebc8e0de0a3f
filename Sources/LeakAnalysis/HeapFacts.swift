import GoFormats
import LeakModel

/// The growth that heap profiles of one process show, and the site that explains most of it.
package struct HeapGrowth: Sendable {
  package let sources: [String]
  /// In-use growth by site, the largest first; with a single profile, all in-use bytes.
  package let sites: [AllocationSite]
  /// In-use bytes gained (with one profile: in use).
  package let total: Int64
  /// Allocated bytes by site between the profiles (with one profile: since the start).
  package let allocated: [AllocationSite]
  package let allocatedTotal: Int64
  /// Whether two profiles were compared.
  package let isDifference: Bool
  /// In-use bytes of the last profile.
  package let lastTotal: Int64?
  /// The part of the gain that came after the middle profile; nil with fewer than three.
  package let lateShare: Double?

  /// Compares the first profile with the last; nil without an in-use or alloc column.
  package init?(_ evidence: EvidenceBundle) {
    let heaps = evidence.heaps
    let ownCode = evidence.ownCode
    guard let last = heaps.last else { return nil }
    let lastInUse = AllocationSites(last.value, .inuse, ownCode: ownCode)
    let lastAllocated = AllocationSites(last.value, .alloc, ownCode: ownCode)
    if heaps.count > 1, let first = heaps.first {
      let firstInUse = AllocationSites(first.value, .inuse, ownCode: ownCode)
      let firstAllocated = AllocationSites(first.value, .alloc, ownCode: ownCode)
      sources = [first.source, last.source]
      sites = lastInUse.growth(since: firstInUse)
      total = lastInUse.total - firstInUse.total
      allocated = lastAllocated.growth(since: firstAllocated)
      allocatedTotal = lastAllocated.total - firstAllocated.total
      isDifference = true
      if heaps.count > 2 {
        let middle = AllocationSites(heaps[heaps.count / 2].value, .inuse, ownCode: ownCode).total
        lateShare = total > 0 ? Double(lastInUse.total - middle) / Double(total) : nil
      } else {
        lateShare = nil
      }
    } else {
      sources = [last.source]
      sites = lastInUse.ranked
      total = lastInUse.total
      allocated = lastAllocated.ranked
      allocatedTotal = lastAllocated.total
      isDifference = false
      lateShare = nil
    }
    lastTotal = lastInUse.total
  }

  /// The site that explains most: the program's own function, where there is one that matters.
  package var top: AllocationSite? { Self.leading(sites) }
  package var topAllocated: AllocationSite? { Self.leading(allocated) }

  private static func leading(_ sites: [AllocationSite]) -> AllocationSite? {
    guard let first = sites.first, first.bytes > 0 else { return nil }
    let own = sites.first { $0.isOwn }
    // A library's site leads only when it dwarfs every function of the program.
    guard let own, own.bytes * 4 >= first.bytes else { return first }
    return own
  }

  /// The bytes that one kind of allocation gained, over all sites.
  package func growth(of kind: AllocationKind) -> Int64 {
    sites.reduce(0) { $0 + max(0, $1.bytesByKind[kind] ?? 0) }
  }
}

extension FactSet {
  /// Adds what heap profiles tell.
  ///
  /// A heap profile holds one sample for each 512 KiB allocated on average (MemProfileRate): growth
  /// of less than four samples is noise.
  mutating func measureHeapProfiles(_ growth: HeapGrowth, _ evidence: EvidenceBundle) {
    let noise: Int64 = 2 << 20
    let from = growth.sources
    let verb = growth.isDifference ? "gained" : "holds"
    if let top = growth.top, top.bytes >= (growth.isDifference ? noise : 512 << 10) {
      let name = top.frame.function
      let share = Double(top.bytes) / Double(max(growth.total, top.bytes))
      if growth.isDifference {
        insert(.heapSiteGrowth, Double(top.bytes), "\(name) gained \(Bytes(top.bytes)) in use", from)
      }
      insert(
        .heapSiteShare, share,
        "\(name) \(verb) \(Bytes(top.bytes)), \(percent(share)) of \(growth.isDifference ? "the growth" : "the heap in use")",
        from)
      insert(
        .heapSiteObjectSize, Double(top.typicalSize),
        "the objects that pile up there are typically \(Bytes(top.typicalSize))", from)
      let companions = Double(top.typicalSize) / max(1, top.meanSize)
      insert(
        .heapSiteCompanions, .flag(companions >= 1.5),
        companions >= 1.5
          ? "small objects come with them: keys, nodes or records"
          : "they come alone, without smaller objects beside them", from)
      insert(
        .heapSiteIsOwn, .flag(top.isOwn),
        top.isOwn ? "\(name) is the program's own" : "\(name) is a library's: no own code is on the stack",
        from)
      insert(
        .heapSiteSizeCount, Double(top.sizeCount),
        "they come in \(top.sizeCount) size\(top.sizeCount == 1 ? "" : "s") of object", from)
      let inHandler = top.handlerBytes * 2 > top.bytes
      insert(
        .heapSiteInHandler, .flag(inHandler),
        inHandler
          ? "they are allocated inside request handlers"
          : "they are allocated outside of request handlers", from)
      insert(.heapSiteKind, .word(top.kind.rawValue), "they are allocated by \(phrase(top.kind))", from)
      if growth.isDifference,
        let allocated = growth.allocated.first(where: { $0.frame.function == name }),
        allocated.bytes > 0
      {
        let retention = min(1, Double(top.bytes) / Double(allocated.bytes))
        insert(
          .heapSiteRetention, retention,
          "\(percent(retention)) of what \(name) allocated between the profiles is still in use",
          from)
      }
    }
    if growth.isDifference {
      let gained = Double(max(growth.total, noise))
      let kinds: [(FactID, AllocationKind, String)] = [
        (.heapContextGrowth, .context, "package context, for children of a parent context"),
        (.heapTimerGrowth, .timer, "package time, for timers and tickers"),
        (.heapMetricsGrowth, .metrics, "a metrics library, for time series"),
        (.heapCacheLibraryShare, .cacheLibrary, "a cache library"),
      ]
      for (id, kind, phrase) in kinds {
        let bytes = growth.growth(of: kind)
        let share = bytes < 512 << 10 ? 0 : min(1, Double(bytes) / gained)
        insert(id, share, "\(percent(share)) of the heap's growth is allocated by \(phrase)", from)
      }
    }
    let pooled = growth.growth(of: .pool) + growth.growth(of: .bufferGrowth)
    let all = max(growth.total, noise)
    insert(
      .heapPoolShare, min(1, Double(pooled) / Double(all)),
      "\(percent(min(1, Double(pooled) / Double(all)))) of it is in buffers that grew while written, or made by a sync.Pool",
      from)
    measureAllocationSites(growth)
    measureLongLivedCall(growth, evidence)
    measureProfileTrend(growth)
  }

  /// Whether the growing function is on a stack that is there in every census, outside of request
  /// handlers: a loop that never returns, so that its defers never run and its locals stay.
  private mutating func measureLongLivedCall(_ growth: HeapGrowth, _ evidence: EvidenceBundle) {
    let censuses = evidence.countableCensuses.filter(\.isComplete)
    guard let top = growth.top, top.isOwn, censuses.count > 1 else { return }
    let name = FunctionName(top.frame.function).normalized
    let isLongLived = censuses.allSatisfy { census in
      census.groups.contains { group in
        group.frames.contains { FunctionName($0.function).normalized == name }
          && !group.frames.contains { LibraryGoroutine.handlers.contains($0.function) }
      }
    }
    insert(
      .heapSiteInLongLivedCall, .flag(isLongLived),
      isLongLived
        ? "\(top.frame.function) is on a stack in every goroutine capture: the call does not return"
        : "\(top.frame.function) is a call that returns", censuses.map(\.source))
  }

  /// The trend by two profiles, where there is neither series nor gctrace.
  private mutating func measureProfileTrend(_ growth: HeapGrowth) {
    guard growth.isDifference, self[.heapGrowth] == nil else { return }
    let from = growth.sources
    insert(
      .heapGrowth, Double(growth.total), "the heap in use changed by \(Bytes(growth.total))", from)
    if let last = growth.lastTotal, last > growth.total {
      let ratio = Double(last) / Double(last - growth.total)
      insert(.heapGrowthRatio, ratio, "the heap in use is \(ratio.shortText) times what it was", from)
      insertProfileTrend(ratio: ratio, lateShare: growth.lateShare, from)
    }
  }

  private mutating func insertProfileTrend(ratio: Double, lateShare: Double?, _ from: [String]) {
    let shape: SeriesShape
    switch (ratio, lateShare) {
    case (..<1.1, _): shape = .flat
    case (1.2..., .some(..<0.15)): shape = .saturating
    case (1.3..., .some(0.2..<0.8)): shape = .growing
    default: return
    }
    insert(.heapTrend, .word(shape.rawValue), "the heap in use is \(shape.rawValue) by its profiles", from)
  }

  private mutating func measureAllocationSites(_ growth: HeapGrowth) {
    guard let busiest = growth.topAllocated, growth.allocatedTotal > 0, busiest.bytes > 4 << 20
    else { return }
    let from = growth.sources
    let share = min(1, Double(busiest.bytes) / Double(growth.allocatedTotal))
    insert(
      .allocSiteShare, share,
      "\(busiest.frame.function) allocates \(percent(share)) of all bytes (\(Bytes(busiest.bytes)) \(growth.isDifference ? "between the profiles" : "since the start"))",
      from)
    insert(
      .allocSiteObjectSize, busiest.meanSize,
      "the objects allocated there are \(Bytes(Int64(busiest.meanSize))) on average", from)
    insert(
      .allocSiteSizeCount, Double(busiest.sizeCount),
      "they come in \(busiest.sizeCount) sizes of object", from)
    insert(
      .allocSiteKind, .word(busiest.kind.rawValue), "they are allocated by \(phrase(busiest.kind))",
      from)
  }

  private func phrase(_ kind: AllocationKind) -> String {
    switch kind {
    case .own: "the function itself"
    case .read: "functions that read a whole input or text"
    case .bufferGrowth: "a buffer that grows while it is written"
    case .format: "text formatting"
    case .decode: "a decoder"
    case .compressor: "a compressor"
    case .context: "package context"
    case .timer: "package time"
    case .metrics: "a metrics library"
    case .cacheLibrary: "a cache library"
    case .pool: "a sync.Pool's New"
    case .network: "network connections"
    case .other: "library code"
    }
  }
}

extension FactSet {
  mutating func insert(_ id: FactID, _ number: Double, _ statement: String, _ from: [String]) {
    guard number.isFinite else { return }
    insert(Fact(id: id, value: .number(number), statement: statement, from: from))
  }

  mutating func insert(_ id: FactID, _ value: FactValue, _ statement: String, _ from: [String]) {
    insert(Fact(id: id, value: value, statement: statement, from: from))
  }
}

/// A part of a whole as a person reads it: `7 %`, `99.6 %`.
func percent(_ ratio: Double) -> String {
  let value = ratio * 100
  if value > 0, value < 0.5 { return "under 1 %" }
  return (value > 99 && value < 100 ? "over 99" : "\(Int(value.rounded()))") + " %"
}
