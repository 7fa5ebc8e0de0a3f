/// The unit of a number fact, spelled as in conditions.
package enum FactUnit: String, Sendable, CaseIterable {
  case count
  case bytes = "B"
  case bytesPerSecond = "B/s"
  case perMinute = "1/min"
  case perSecond = "1/s"
  case minutes = "min"
  case seconds = "s"
  case ratio
}

/// The kind of capture a fact is measured on; what to ask for when it is unknown.
package enum EvidenceKind: String, Sendable, CaseIterable {
  case heapProfile = "heap-profile"
  case heapProfiles = "heap-profiles"
  case goroutineDump = "goroutine-dump"
  case goroutineProfiles = "goroutine-profiles"
  case snapshots
  case gcTrace = "gctrace"
  case processFiles = "proc-files"
  case cgroupFiles = "cgroup-files"
  case kernelLog = "kernel-log"
  case crashLog = "crash-log"
}

/// What a fact can be: a number with a unit, one of some words, or yes and no.
package enum FactType: Sendable, Equatable {
  case number(FactUnit)
  case word([String])
  case flag
}

/// What the catalogue says of a fact.
package struct FactDefinition: Sendable {
  package let type: FactType
  /// The captures that tell it, the best first.
  package let needs: [EvidenceKind]
  package let meaning: String

  /// Whether the fact is told only by what somebody happened to paste, so that no capture can be
  /// asked for to learn it.
  package var isIncidental: Bool { needs.isEmpty }
}

/// The facts that rules may ask for; the raw values are the names in playbooks and in JSON.
package enum FactID: String, Sendable, CaseIterable, Hashable {
  // Goroutines
  case goroutineCount = "goroutine.count"
  case goroutineGrowth = "goroutine.growth"
  case goroutineGrowthRatio = "goroutine.growth_ratio"
  case goroutineSlope = "goroutine.slope"
  case goroutineIsGrowing = "goroutine.is_growing"
  case goroutineBurst = "goroutine.burst"
  case goroutineStalled = "goroutine.stalled"
  case goroutineExcerpt = "goroutine.excerpt"
  case goroutineExcerptOf = "goroutine.excerpt_of"
  case goroutineGrowingCount = "goroutine.growing.count"
  case goroutineGrowingShare = "goroutine.growing.share"
  case goroutineGrowingWait = "goroutine.growing.wait"
  case goroutineGrowingWaitShare = "goroutine.growing.wait_share"
  case goroutineGrowingWaitMinutes = "goroutine.growing.wait_minutes"
  case goroutineGrowingWakes = "goroutine.growing.wakes"
  case goroutineGrowingHasOwnFrame = "goroutine.growing.has_own_frame"
  case goroutineGrowingInHandler = "goroutine.growing.in_handler"
  case goroutineHTTPClientGrowth = "goroutine.http_client.growth"
  case goroutineHTTPClientBodyOpenShare = "goroutine.http_client.body_open_share"
  case goroutineClientHandlesGrowth = "goroutine.client_handles.growth"
  case goroutineRPCClientGrowth = "goroutine.rpc_client.growth"
  case goroutineSQLPoolGrowth = "goroutine.sql_pool.growth"
  case goroutineSQLRowsGrowth = "goroutine.sql_rows.growth"
  case goroutineSQLConnWaitGrowth = "goroutine.sql_conn_wait.growth"
  case goroutineContextWaitGrowth = "goroutine.context_wait.growth"
  case goroutineLeaked = "goroutine.leaked"
  case goroutineFinalizerStuck = "goroutine.finalizer_stuck"
  case goroutineDeepestStack = "goroutine.deepest_stack"

  // Go heap
  case heapTrend = "heap.trend"
  case heapGrowth = "heap.growth"
  case heapGrowthRatio = "heap.growth_ratio"
  case heapSiteGrowth = "heap.site.growth"
  case heapSiteShare = "heap.site.share"
  case heapSiteObjectSize = "heap.site.object_size"
  case heapSiteCompanions = "heap.site.companions"
  case heapSiteKind = "heap.site.kind"
  case heapSiteIsOwn = "heap.site.is_own"
  case heapSiteUsesPool = "heap.site.uses_pool"
  case heapSiteSizeCount = "heap.site.size_count"
  case heapSiteInHandler = "heap.site.in_handler"
  case heapSiteRetention = "heap.site.retention"
  case heapSiteLateRetention = "heap.site.late_retention"
  case heapSiteCreeps = "heap.site.creeps"
  case heapSiteVerb = "heap.site.verb"
  case heapSiteRegrown = "heap.site.regrown"
  case heapSiteInLongLivedCall = "heap.site.in_long_lived_call"
  case heapContextGrowth = "heap.context.growth"
  case heapTimerGrowth = "heap.timer.growth"
  case heapMetricsGrowth = "heap.metrics.growth"
  case heapDatabaseGrowth = "heap.database.growth"
  case heapCacheLibraryShare = "heap.cache_library.share"
  case heapClientShare = "heap.client.share"
  case heapPoolShare = "heap.pool.share"
  case heapFragmentation = "heap.fragmentation"

  // Allocation and GC
  case allocRate = "alloc.rate"
  case allocObjectRate = "alloc.object_rate"
  case allocMeanSize = "alloc.mean_size"
  case allocTurnover = "alloc.turnover"
  case allocSiteShare = "alloc.site.share"
  case allocSiteObjectSize = "alloc.site.object_size"
  case allocSiteSizeCount = "alloc.site.size_count"
  case allocSiteKind = "alloc.site.kind"
  case allocBytesPerOperation = "alloc.bytes_per_op"
  case allocObjectsPerOperation = "alloc.objects_per_op"
  case allocReflectionShare = "alloc.reflection_share"
  case gcRate = "gc.rate"
  case gcCPURecent = "gc.cpu_recent"
  case gcOff = "gc.off"
  case gcForced = "gc.forced"
  case gcGoalOverLive = "gc.goal_over_live"
  case gcGoalOverLimit = "gc.goal_over_limit"
  case gcLiveOverLimit = "gc.live_over_limit"

  // Process
  case processRSS = "process.rss"
  case processRSSTrend = "process.rss_trend"
  case processRSSGrowth = "process.rss_growth"
  case processNative = "process.native"
  case processNativeGrowth = "process.native_growth"
  case processNativeShare = "process.native_share"
  case processFileGrowth = "process.file_growth"
  case processFileShare = "process.file_share"
  case processStackShare = "process.stack_share"
  case processStackPerGoroutine = "process.stack_per_goroutine"
  case processIdleHeld = "process.idle_held"
  case processIdleHeldShare = "process.idle_held_share"
  case processLazyFreeShare = "process.lazy_free_share"
  case processHugePageShare = "process.huge_page_share"
  case processUptime = "process.uptime"
  case processThreads = "process.threads"
  case processThreadGrowth = "process.thread_growth"
  case processFDGrowth = "process.fd_growth"
  case processFDIsGrowing = "process.fd_is_growing"
  case processFDFreedByGC = "process.fd_freed_by_gc"
  case processMallocArenas = "process.malloc_arenas"

  // Container
  case containerLimit = "container.limit"
  case containerUsageRatio = "container.usage_ratio"
  case containerProcessRatio = "container.process_ratio"
  case containerCacheShare = "container.cache_share"
  case containerKernelShare = "container.kernel_share"
  case containerLimitHits = "container.limit_hits"
  case containerOOMKilled = "container.oom_killed"
  case containerEnd = "container.end"
  case nodeOOM = "container.node_oom"

  // Crash
  case crashThreadsExhausted = "crash.threads_exhausted"
  case crashKind = "crash.kind"
}

extension FactID {
  /// The words that name what a goroutine waits for, whatever the Go version calls it.
  static let waitWords = GoroutineWait.allCases.map(\.rawValue)
  /// The words for the course of a series.
  static let trendWords = SeriesShape.allCases.map(\.rawValue)
  /// The words for what allocates at a site.
  static let siteWords = AllocationKind.allCases.map(\.rawValue)

  /// What the catalogue says of the fact.
  package var definition: FactDefinition {
    guard let definition = Self.definitions[self] else {
      preconditionFailure("\(rawValue) has no definition: add it to FactCatalog+….swift")
    }
    return definition
  }

  private static let definitions = [
    goroutineFacts, heapFacts, allocationFacts, processFacts, containerFacts,
  ].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
}

extension FactDefinition {
  static func number(
    _ unit: FactUnit,
    _ needs: [EvidenceKind],
    _ meaning: String
  ) -> FactDefinition {
    FactDefinition(type: .number(unit), needs: needs, meaning: meaning)
  }

  static func word(
    _ words: [String],
    _ needs: [EvidenceKind],
    _ meaning: String
  ) -> FactDefinition {
    FactDefinition(type: .word(words), needs: needs, meaning: meaning)
  }

  static func flag(_ needs: [EvidenceKind], _ meaning: String) -> FactDefinition {
    FactDefinition(type: .flag, needs: needs, meaning: meaning)
  }
}
