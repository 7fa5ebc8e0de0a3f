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
  case goroutineGrowingCount = "goroutine.growing.count"
  case goroutineGrowingShare = "goroutine.growing.share"
  case goroutineGrowingWait = "goroutine.growing.wait"
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
  case heapSiteSizeCount = "heap.site.size_count"
  case heapSiteInHandler = "heap.site.in_handler"
  case heapSiteRetention = "heap.site.retention"
  case heapSiteInLongLivedCall = "heap.site.in_long_lived_call"
  case heapContextGrowth = "heap.context.growth"
  case heapTimerGrowth = "heap.timer.growth"
  case heapMetricsGrowth = "heap.metrics.growth"
  case heapCacheLibraryShare = "heap.cache_library.share"
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
  case gcRate = "gc.rate"
  case gcCPURecent = "gc.cpu_recent"
  case gcOff = "gc.off"
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
  case processThreads = "process.threads"
  case processThreadGrowth = "process.thread_growth"
  case processFDGrowth = "process.fd_growth"
  case processMallocArenas = "process.malloc_arenas"

  // Container
  case containerUsageRatio = "container.usage_ratio"
  case containerProcessRatio = "container.process_ratio"
  case containerCacheShare = "container.cache_share"
  case containerKernelShare = "container.kernel_share"
  case containerLimitHits = "container.limit_hits"
  case containerOOMKilled = "container.oom_killed"
  case nodeOOM = "container.node_oom"

  // Crash
  case crashKind = "crash.kind"
}

extension FactID {
  /// The words that name what a goroutine waits for, whatever the Go version calls it.
  package static let waitWords = GoroutineWait.allCases.map(\.rawValue)
  /// The words for the course of a series.
  package static let trendWords = SeriesShape.allCases.map(\.rawValue)
  /// The words for what allocates at a site.
  package static let siteWords = AllocationKind.allCases.map(\.rawValue)

  package var definition: FactDefinition {
    switch self {
    case .goroutineCount:
      .init(type: .number(.count), needs: [.goroutineProfiles, .snapshots, .goroutineDump],
        meaning: "goroutines in the newest capture")
    case .goroutineGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles, .snapshots],
        meaning: "goroutines more than at the beginning, start-up left out")
    case .goroutineGrowthRatio:
      .init(type: .number(.ratio), needs: [.goroutineProfiles, .snapshots],
        meaning: "goroutines at the end, divided by those at the beginning")
    case .goroutineSlope:
      .init(type: .number(.perMinute), needs: [.snapshots, .goroutineProfiles],
        meaning: "goroutines more per minute (Theil–Sen)")
    case .goroutineIsGrowing:
      .init(type: .flag, needs: [.snapshots, .goroutineProfiles],
        meaning: "the number of goroutines rises throughout, not only at the beginning or in a burst")
    case .goroutineBurst:
      .init(type: .flag, needs: [.snapshots],
        meaning: "the number of goroutines multiplied within a short part of the run, or fell back")
    case .goroutineGrowingCount:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "goroutines that the fastest growing stack gained (with one capture: has)")
    case .goroutineGrowingShare:
      .init(type: .number(.ratio), needs: [.goroutineProfiles],
        meaning: "the part of all new goroutines that the fastest growing stack explains")
    case .goroutineGrowingWait:
      .init(type: .word(Self.waitWords), needs: [.goroutineProfiles, .goroutineDump],
        meaning: "what the goroutines of the fastest growing stack wait for")
    case .goroutineGrowingWaitMinutes:
      .init(type: .number(.minutes), needs: [.goroutineDump],
        meaning: "the longest that a goroutine of the fastest growing stack has waited without waking")
    case .goroutineGrowingWakes:
      .init(type: .flag, needs: [.goroutineDump, .goroutineProfiles],
        meaning: "goroutines of the fastest growing stack live for minutes, but never wait that long: they wake again and again")
    case .goroutineGrowingHasOwnFrame:
      .init(type: .flag, needs: [.goroutineProfiles],
        meaning: "the fastest growing stack has a frame of the program's own code")
    case .goroutineGrowingInHandler:
      .init(type: .flag, needs: [.goroutineProfiles],
        meaning: "the fastest growing stack runs inside a request handler")
    case .goroutineHTTPClientGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "client connections more (net/http.(*persistConn).readLoop)")
    case .goroutineHTTPClientBodyOpenShare:
      .init(type: .number(.ratio), needs: [.goroutineProfiles],
        meaning: "the part of the client connections whose readLoop waits in select: body still open")
    case .goroutineClientHandlesGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "clients that were made and not closed: idle HTTP connections, gRPC connections, database handles, background goroutines of a client library")
    case .goroutineRPCClientGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "gRPC client connections more (http2Client.reader, ClientConn watchers)")
    case .goroutineSQLPoolGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "database handles more: one (*DB).connectionOpener runs for each sql.Open")
    case .goroutineSQLRowsGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "open result sets or transactions more ((*Rows).awaitDone, (*Tx).awaitDone)")
    case .goroutineSQLConnWaitGrowth:
      .init(type: .number(.count), needs: [.goroutineProfiles],
        meaning: "goroutines more that wait for a free database connection ((*DB).conn)")
    case .goroutineFinalizerStuck:
      .init(type: .flag, needs: [.goroutineDump, .goroutineProfiles],
        meaning: "the goroutine that runs finalizers is inside a function of the program")
    case .goroutineDeepestStack:
      .init(type: .number(.count), needs: [.goroutineDump],
        meaning: "frames of the deepest stack, left out ones included")
    case .heapTrend:
      .init(type: .word(Self.trendWords), needs: [.snapshots, .gcTrace, .heapProfiles],
        meaning: "the course of the live heap: its floor after GC, not the sawtooth above")
    case .heapGrowth:
      .init(type: .number(.bytes), needs: [.snapshots, .gcTrace, .heapProfiles],
        meaning: "growth of the live heap, start-up left out")
    case .heapGrowthRatio:
      .init(type: .number(.ratio), needs: [.snapshots, .gcTrace, .heapProfiles],
        meaning: "the live heap at the end, divided by that at the beginning")
    case .heapSiteGrowth:
      .init(type: .number(.bytes), needs: [.heapProfiles],
        meaning: "in-use bytes that the fastest growing function gained")
    case .heapSiteShare:
      .init(type: .number(.ratio), needs: [.heapProfiles, .heapProfile],
        meaning: "the part of all in-use growth that the fastest growing function explains (with one profile: of all in-use bytes)")
    case .heapSiteObjectSize:
      .init(type: .number(.bytes), needs: [.heapProfiles, .heapProfile],
        meaning: "the size of object that holds the middle byte of what piles up there")
    case .heapSiteCompanions:
      .init(type: .flag, needs: [.heapProfiles, .heapProfile],
        meaning: "the objects that pile up there come with smaller ones: keys, nodes, records")
    case .heapSiteKind:
      .init(type: .word(Self.siteWords), needs: [.heapProfiles, .heapProfile],
        meaning: "what allocates there, by the frames below the program's function")
    case .heapSiteIsOwn:
      .init(type: .flag, needs: [.heapProfiles, .heapProfile],
        meaning: "the fastest growing function is the program's own, not a library's")
    case .heapSiteSizeCount:
      .init(type: .number(.count), needs: [.heapProfiles, .heapProfile],
        meaning: "how many sizes of object hold a fiftieth or more of what piles up there")
    case .heapSiteInHandler:
      .init(type: .flag, needs: [.heapProfiles, .heapProfile],
        meaning: "most of what piles up there was allocated inside a request handler")
    case .heapSiteRetention:
      .init(type: .number(.ratio), needs: [.heapProfiles],
        meaning: "the part of what was allocated there between the profiles that is still in use")
    case .heapSiteInLongLivedCall:
      .init(type: .flag, needs: [.goroutineDump, .heapProfiles],
        meaning: "the growing function is on the stack of a goroutine that lives through all dumps: the call never returns")
    case .heapContextGrowth:
      .init(type: .number(.ratio), needs: [.heapProfiles],
        meaning: "the part of the growth that package context allocates for children of a parent")
    case .heapTimerGrowth:
      .init(type: .number(.ratio), needs: [.heapProfiles],
        meaning: "the part of the growth that package time allocates for timers and tickers")
    case .heapMetricsGrowth:
      .init(type: .number(.ratio), needs: [.heapProfiles],
        meaning: "the part of the growth inside a metrics library")
    case .heapCacheLibraryShare:
      .init(type: .number(.ratio), needs: [.heapProfiles],
        meaning: "the part of the growth whose stack holds a cache library")
    case .heapPoolShare:
      .init(type: .number(.ratio), needs: [.heapProfiles, .heapProfile],
        meaning: "the part of the in-use bytes in buffers that grew while in use or came from sync.Pool")
    case .heapFragmentation:
      .init(type: .number(.ratio), needs: [.snapshots],
        meaning: "HeapInuse divided by HeapAlloc, at its lowest in the last part of the run")
    case .allocRate:
      .init(type: .number(.bytesPerSecond), needs: [.snapshots, .heapProfiles],
        meaning: "bytes allocated per second, start-up left out")
    case .allocObjectRate:
      .init(type: .number(.perSecond), needs: [.snapshots],
        meaning: "objects allocated per second")
    case .allocMeanSize:
      .init(type: .number(.bytes), needs: [.snapshots, .heapProfiles],
        meaning: "mean size of what is allocated")
    case .allocTurnover:
      .init(type: .number(.perSecond), needs: [.snapshots],
        meaning: "how many times per second the live heap is allocated anew")
    case .allocSiteShare:
      .init(type: .number(.ratio), needs: [.heapProfiles, .heapProfile],
        meaning: "the part of all allocated bytes that the busiest function of the program allocates")
    case .allocSiteObjectSize:
      .init(type: .number(.bytes), needs: [.heapProfiles, .heapProfile],
        meaning: "mean size of the objects allocated there")
    case .allocSiteSizeCount:
      .init(type: .number(.count), needs: [.heapProfiles, .heapProfile],
        meaning: "how many sizes of object hold a fiftieth or more of what is allocated there")
    case .allocSiteKind:
      .init(type: .word(Self.siteWords), needs: [.heapProfiles, .heapProfile],
        meaning: "what allocates there, by the frames below the program's function")
    case .gcRate:
      .init(type: .number(.perSecond), needs: [.snapshots, .gcTrace],
        meaning: "GC cycles per second in the second half of the run")
    case .gcCPURecent:
      .init(type: .number(.ratio), needs: [.gcTrace, .snapshots],
        meaning: "the part of the CPU time available that GC took in the second half of the run")
    case .gcOff:
      .init(type: .flag, needs: [.snapshots],
        meaning: "no automatic GC: no goal is set (GOGC=off)")
    case .gcGoalOverLive:
      .init(type: .number(.ratio), needs: [.gcTrace, .snapshots],
        meaning: "the GC's heap goal divided by the live heap, median of the second half")
    case .gcGoalOverLimit:
      .init(type: .number(.ratio), needs: [.snapshots, .cgroupFiles],
        meaning: "the GC's heap goal divided by the container's limit, at the end")
    case .gcLiveOverLimit:
      .init(type: .number(.ratio), needs: [.snapshots, .cgroupFiles],
        meaning: "the live heap divided by the container's limit, at the end")
    case .processRSS:
      .init(type: .number(.bytes), needs: [.snapshots, .processFiles],
        meaning: "resident memory in the newest capture")
    case .processRSSTrend:
      .init(type: .word(Self.trendWords), needs: [.snapshots],
        meaning: "the course of the resident memory")
    case .processRSSGrowth:
      .init(type: .number(.bytes), needs: [.snapshots, .processFiles],
        meaning: "growth of the resident memory, start-up left out")
    case .processNative:
      .init(type: .number(.bytes), needs: [.snapshots],
        meaning: "anonymous memory that Go's runtime did not ask for: RssAnon − (Sys − HeapReleased) − LazyFree")
    case .processNativeGrowth:
      .init(type: .number(.bytes), needs: [.snapshots],
        meaning: "growth of process.native")
    case .processNativeShare:
      .init(type: .number(.ratio), needs: [.snapshots],
        meaning: "process.native divided by the resident memory")
    case .processFileGrowth:
      .init(type: .number(.bytes), needs: [.snapshots, .processFiles],
        meaning: "growth of the file-backed resident memory (RssFile)")
    case .processFileShare:
      .init(type: .number(.ratio), needs: [.snapshots, .processFiles],
        meaning: "file-backed part of the resident memory")
    case .processStackShare:
      .init(type: .number(.ratio), needs: [.snapshots],
        meaning: "goroutine stacks' part of the resident memory")
    case .processStackPerGoroutine:
      .init(type: .number(.bytes), needs: [.snapshots],
        meaning: "stack memory for each goroutine")
    case .processIdleHeld:
      .init(type: .number(.bytes), needs: [.snapshots],
        meaning: "heap without objects that was not given back: HeapIdle − HeapReleased, plus LazyFree")
    case .processIdleHeldShare:
      .init(type: .number(.ratio), needs: [.snapshots],
        meaning: "process.idle_held divided by the resident memory")
    case .processLazyFreeShare:
      .init(type: .number(.ratio), needs: [.processFiles],
        meaning: "resident pages that were given back with MADV_FREE, part of the resident memory")
    case .processHugePageShare:
      .init(type: .number(.ratio), needs: [.processFiles],
        meaning: "anonymous memory in transparent huge pages, part of the resident memory")
    case .processThreads:
      .init(type: .number(.count), needs: [.snapshots, .processFiles], meaning: "threads")
    case .processThreadGrowth:
      .init(type: .number(.count), needs: [.snapshots, .processFiles], meaning: "threads more")
    case .processFDGrowth:
      .init(type: .number(.count), needs: [.snapshots], meaning: "open file descriptors more")
    case .processMallocArenas:
      .init(type: .number(.bytes), needs: [.processFiles],
        meaning: "resident memory of glibc's malloc: [heap] and its arenas")
    case .containerUsageRatio:
      .init(type: .number(.ratio), needs: [.cgroupFiles, .snapshots],
        meaning: "the container's highest usage divided by its limit")
    case .containerProcessRatio:
      .init(type: .number(.ratio), needs: [.snapshots, .cgroupFiles],
        meaning: "the process's highest anonymous memory divided by the container's limit")
    case .containerCacheShare:
      .init(type: .number(.ratio), needs: [.cgroupFiles],
        meaning: "page cache's part of the container's usage")
    case .containerKernelShare:
      .init(type: .number(.ratio), needs: [.cgroupFiles],
        meaning: "kernel memory's part of the container's usage: slab, sockets, page tables, stacks")
    case .containerLimitHits:
      .init(type: .number(.count), needs: [.cgroupFiles, .snapshots],
        meaning: "how often the limit was hit (failcnt; memory.events max)")
    case .containerOOMKilled:
      .init(type: .flag, needs: [.kernelLog, .cgroupFiles],
        meaning: "the kernel killed a process for the container's limit")
    case .nodeOOM:
      .init(type: .flag, needs: [.kernelLog],
        meaning: "the kernel killed because the whole node ran out of memory")
    case .crashKind:
      .init(type: .word(["none", "concurrent-map", "out-of-memory", "stack-overflow", "memory-corruption", "nil-dereference", "deadlock", "panic", "signal", "other-fatal"]), needs: [.crashLog],
        meaning: "how the process ended, by its own words")
    }
  }
}
