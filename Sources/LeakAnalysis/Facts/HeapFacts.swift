import GoFormats
import LeakModel

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
        insert(
          .heapSiteGrowth,
          Double(top.bytes),
          "\(name) gained \(Bytes(top.bytes)) in use",
          from
        )
      }
      insert(
        .heapSiteShare,
        share,
        "\(name) \(verb) \(Bytes(top.bytes)), \(percent(share)) of \(growth.isDifference ? "the growth" : "the heap in use")",
        from
      )
      insert(
        .heapSiteIsOwn,
        .flag(top.isOwn),
        top.isOwn
          ? "\(name) is the program's own" : "\(name) is a library's: no own code is on the stack",
        from
      )
      if growth.hasStacks { measureStacks(of: top, growth) }
      let verb = FunctionVerb(top.frame.function)
      insert(
        .heapSiteVerb,
        .word(verb.rawValue),
        "\(name) is named like a function that \(verb.phrase)",
        from
      )
      insert(
        .heapSiteKind,
        .word(top.kind.rawValue),
        "what piles up in \(name) is allocated by \(phrase(top.kind))",
        from
      )
      if growth.allocatedTotal > 0, let course = growth.course {
        measureCourse(course, of: name, growth)
      }
    }
    measureTellingLibraries(growth, noise: noise)
    measureClients(growth, noise: noise)
    let pooled = growth.growth(of: .pool) &+ growth.growth(of: .bufferGrowth)
    let all = max(growth.total, noise)
    insert(
      .heapPoolShare,
      min(1, Double(pooled) / Double(all)),
      "\(percent(min(1, Double(pooled) / Double(all)))) of what the heap \(growth.isDifference ? "gained" : "holds") is in buffers that grew while written, or came from a sync.Pool",
      from
    )
    measureAllocationSites(growth)
    measureLongLivedCall(growth, evidence)
    measureProfileTrend(growth)
  }

  /// What becomes of what the site allocates.
  private mutating func measureCourse(
    _ course: RetentionCourse,
    of name: String,
    _ growth: HeapGrowth
  ) {
    let from = growth.sources
    insert(
      .heapSiteRetention,
      course.retention,
      "\(percent(course.retention)) of what \(name) allocated between the profiles is still in use",
      from
    )
    insert(
      .heapSiteRegrown,
      .flag(course.isRegrown),
      course.isRegrown
        ? "the objects of \(name) get larger, not more: a slice, map or buffer is regrown"
        : "\(name) adds objects: none is regrown",
      from
    )
    if let late = course.lateOverEarly {
      // A sawtooth hides a rise of less than a quarter from whoever looks at its floor.
      let creeps =
        course.retention >= 0.9 && late >= 0.8
        && Double(growth.total) * 4 < Double(growth.lastTotal)
      insert(
        .heapSiteCreeps,
        .flag(creeps),
        creeps
          ? "\(name) keeps all that it allocates, late as early, in a heap too large to show it"
          : "no function piles up unseen in a large heap",
        from
      )
      insert(
        .heapSiteLateRetention,
        late,
        "of what \(name) allocates it keeps \(late.shortText) times as much in the second half as in the first",
        from
      )
    }
  }

  /// What only a profile tells of a site: sizes of objects, and the calls above and below.
  private mutating func measureStacks(of top: AllocationSite, _ growth: HeapGrowth) {
    let name = top.frame.function
    let from = growth.sources
    let size = growth.topPlaces.typicalSize
    insert(
      .heapSiteObjectSize,
      Double(size),
      "the objects that pile up in \(name) are \(Bytes(size)) each",
      from
    )
    let companions = Double(size) / max(1, top.meanSize(typical: size))
    insert(
      .heapSiteCompanions,
      .flag(companions >= 1.5),
      companions >= 1.5
        ? "smaller objects come with those in \(name): keys, nodes or records"
        : "the objects that pile up in \(name) come alone, without smaller ones",
      from
    )
    let sizes = growth.topPlaces.sizeCount
    insert(
      .heapSiteSizeCount,
      Double(sizes),
      "the objects that pile up in \(name) have \(sizes) size\(sizes == 1 ? "" : "s")",
      from
    )
    let usesPool = growth.allocated.contains { $0.frame.function == name && $0.usesPool }
    insert(
      .heapSiteUsesPool,
      .flag(usesPool),
      usesPool
        ? "\(name) takes objects from a sync.Pool" : "\(name) was not seen to use a sync.Pool",
      from
    )
    let inHandler = Double(top.handlerBytes) * 2 > Double(top.bytes)
    insert(
      .heapSiteInHandler,
      .flag(inHandler),
      inHandler
        ? "\(name) allocates inside request handlers"
        : "\(name) allocates outside of request handlers",
      from
    )
  }

  /// The libraries whose memory names the trouble.
  ///
  /// A single profile cannot tell what grows: there a library must hold a tenth of the heap.
  private mutating func measureTellingLibraries(_ growth: HeapGrowth, noise: Int64) {
    let whole = Double(max(growth.total, noise))
    let kinds: [(FactID, AllocationKind, String)] = [
      (.heapContextGrowth, .context, "package context, for children of a parent context"),
      (.heapTimerGrowth, .timer, "package time, for timers and tickers"),
      (.heapMetricsGrowth, .metrics, "a metrics library, for time series"),
      (.heapDatabaseGrowth, .database, "database/sql or a driver"),
      (.heapCacheLibraryShare, .cacheLibrary, "a cache library"),
    ]
    for (id, kind, phrase) in kinds {
      let bytes = growth.growth(of: kind)
      let share = bytes < 512 << 10 ? 0 : min(1, Double(bytes) / whole)
      guard growth.isDifference || share >= 0.1 else { continue }
      let what = growth.isDifference ? "the heap's growth" : "the heap in use"
      insert(id, share, "\(percent(share)) of \(what) is allocated by \(phrase)", growth.sources)
    }
  }

  /// Clients and connections take memory in every service: what counts is much of it.
  private mutating func measureClients(_ growth: HeapGrowth, noise: Int64) {
    let bytes = growth.growth(of: .client)
    let share = bytes < 4 * noise ? 0 : min(1, Double(bytes) / Double(max(growth.total, noise)))
    insert(
      .heapClientShare,
      share,
      "\(percent(share)) of what the heap \(growth.isDifference ? "gained" : "holds") is in clients and connections",
      growth.sources
    )
  }

  /// Whether the growing function is on a stack that is there in every census, outside of request
  /// handlers: a loop that never returns, so that its defers never run and its locals stay.
  private mutating func measureLongLivedCall(_ growth: HeapGrowth, _ evidence: EvidenceBundle) {
    let censuses = evidence.countableCensuses.filter(\.isComplete)
    guard let top = growth.top, top.isOwn, censuses.count > 1 else { return }
    // By its full name: a closure returns, though the function that holds it does not.
    let name = top.frame.function
    let calls = censuses.map { census in
      census.count { group in
        guard let index = group.frames.firstIndex(where: { $0.function == name }) else {
          return false
        }
        // What called a server to serve is done with its own work.
        let isServing = group.frames[..<index].contains {
          LibraryGoroutine.servers.contains($0.function)
        }
        return !isServing
          && !group.frames.contains { LibraryGoroutine.handlers.contains($0.function) }
      }
    }
    // Where the calls become more, each holds its own; a loop in a few of them piles up.
    let more = (calls.last ?? 0) - (calls.first ?? 0)
    let isLongLived = calls.allSatisfy { $0 > 0 } && more < 10
    insert(
      .heapSiteInLongLivedCall,
      .flag(isLongLived),
      isLongLived
        ? "\(top.frame.function) is on a stack in every goroutine capture: the call does not return"
        : "\(top.frame.function) is a call that returns, or of which there are ever more",
      censuses.map(\.source)
    )
  }

  /// The trend by two profiles, where there is neither series nor gctrace.
  private mutating func measureProfileTrend(_ growth: HeapGrowth) {
    guard growth.isDifference, self[.heapGrowth] == nil else { return }
    let from = growth.sources
    insert(
      .heapGrowth,
      Double(growth.total),
      "the heap in use changed by \(Bytes(growth.total))",
      from
    )
    if growth.lastTotal > growth.total {
      let ratio = Double(growth.lastTotal) / Double(growth.lastTotal &- growth.total)
      insert(
        .heapGrowthRatio,
        ratio,
        "the heap in use is \(ratio.shortText) times what it was",
        from
      )
      if self[.heapTrend] == nil {
        insertProfileTrend(ratio: ratio, lateShare: growth.lateShare, from)
      }
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
    insert(
      .heapTrend,
      .word(shape.rawValue),
      "the heap in use \(shape.phrase), by its profiles",
      from
    )
  }

  private mutating func measureAllocationSites(_ growth: HeapGrowth) {
    guard let busiest = growth.topAllocated, growth.allocatedTotal > 0, busiest.bytes > 4 << 20
    else { return }
    let from = growth.sources
    let share = min(1, Double(busiest.bytes) / Double(growth.allocatedTotal))
    insert(
      .allocSiteShare,
      share,
      "\(busiest.frame.function) allocates \(percent(share)) of all bytes (\(Bytes(busiest.bytes)) \(growth.isDifference ? "between the profiles" : "since the start"))",
      from
    )
    guard growth.hasStacks else { return }
    let mean = busiest.meanSize(typical: growth.topAllocatedPlaces.typicalSize)
    insert(
      .allocSiteObjectSize,
      mean,
      "an object that \(busiest.frame.function) allocates is \(Bytes(mean)) on average",
      from
    )
    let sizes = growth.topAllocatedPlaces.sizeCountInLine
    insert(
      .allocSiteSizeCount,
      Double(sizes),
      "\(busiest.frame.function) allocates objects of \(sizes) size\(sizes == 1 ? "" : "s") in one line",
      from
    )
    insert(
      .allocSiteKind,
      .word(busiest.kind.rawValue),
      "\(busiest.frame.function) has them allocated by \(phrase(busiest.kind))",
      from
    )
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
    case .database: "database/sql or a driver"
    case .network: "network connections"
    case .client: "a library, for a client or connection"
    case .other: "library code"
    }
  }
}
