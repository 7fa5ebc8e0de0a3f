extension FactID {
  /// The facts about the Go heap: what grows, where, and what it is.
  static let heapFacts: [FactID: FactDefinition] = [
    .heapTrend: .word(
      trendWords,
      [.snapshots, .gcTrace, .heapProfiles],
      "the course of the live heap: its floor after GC, not the sawtooth above"
    ),
    .heapGrowth: .number(
      .bytes,
      [.snapshots, .gcTrace, .heapProfiles],
      "growth of the live heap, start-up left out"
    ),
    .heapGrowthRatio: .number(
      .ratio,
      [.snapshots, .gcTrace, .heapProfiles],
      "the live heap at the end, divided by that at the beginning"
    ),
    .heapSiteGrowth: .number(
      .bytes,
      [.heapProfiles],
      "in-use bytes that the fastest growing function gained"
    ),
    .heapSiteShare: .number(
      .ratio,
      [.heapProfiles, .heapProfile],
      "the part of all in-use growth that the fastest growing function explains (with one profile: of all in-use bytes)"
    ),
    .heapSiteObjectSize: .number(
      .bytes,
      [.heapProfiles, .heapProfile],
      "the size of object that holds the middle byte of what piles up there"
    ),
    .heapSiteCompanions: .flag(
      [.heapProfiles, .heapProfile],
      "the objects that pile up there come with smaller ones: keys, nodes, records"
    ),
    .heapSiteKind: .word(
      siteWords,
      [.heapProfiles, .heapProfile],
      "what allocates there, by the frames below the program's function"
    ),
    .heapSiteIsOwn: .flag(
      [.heapProfiles, .heapProfile],
      "the fastest growing function is the program's own, not a library's"
    ),
    .heapSiteUsesPool: .flag(
      [.heapProfiles, .heapProfile],
      "the fastest growing function was seen to take from a sync.Pool, or to give back"
    ),
    .heapSiteSizeCount: .number(
      .count,
      [.heapProfiles, .heapProfile],
      "how many sizes of object hold a fiftieth or more of what piles up there"
    ),
    .heapSiteInHandler: .flag(
      [.heapProfiles, .heapProfile],
      "most of what piles up there was allocated inside a request handler"
    ),
    .heapSiteRetention: .number(
      .ratio,
      [.heapProfiles],
      "the part of what its growing lines allocated between the profiles that is still in use"
    ),
    .heapSiteLateRetention: .number(
      .ratio,
      [.heapProfiles],
      "that part after the middle profile, divided by the part before it: about 1 for a leak, 0 for a cache that is full"
    ),
    .heapSiteCreeps: .flag(
      [.heapProfiles],
      "the fastest growing function keeps all that it allocates, late as early, though the heap around it gained less than a quarter"
    ),
    .heapSiteVerb: .word(
      FunctionVerb.allCases.map(\.rawValue),
      [.heapProfiles, .heapProfile],
      "what the fastest growing function does, by the words of its name"
    ),
    .heapSiteRegrown: .flag(
      [.heapProfiles],
      "the objects there get larger, not more: a slice, map or buffer that is regrown"
    ),
    .heapSiteInLongLivedCall: .flag(
      [.goroutineDump, .heapProfiles],
      "the growing function is on the stack of a goroutine that lives through all dumps: the call never returns"
    ),
    .heapContextGrowth: .number(
      .ratio,
      [.heapProfiles],
      "the part of the growth that package context allocates for children of a parent"
    ),
    .heapTimerGrowth: .number(
      .ratio,
      [.heapProfiles],
      "the part of the growth that package time allocates for timers and tickers"
    ),
    .heapMetricsGrowth: .number(
      .ratio,
      [.heapProfiles],
      "the part of the growth inside a metrics library"
    ),
    .heapDatabaseGrowth: .number(
      .ratio,
      [.heapProfiles],
      "the part of the growth that database/sql or a driver allocates"
    ),
    .heapClientShare: .number(
      .ratio,
      [],
      "the part of the growth in clients and connections that a library makes"
    ),
    .heapCacheLibraryShare: .number(
      .ratio,
      [.heapProfiles],
      "the part of the growth whose stack holds a cache library"
    ),
    .heapPoolShare: .number(
      .ratio,
      [.heapProfiles, .heapProfile],
      "the part of the in-use bytes in buffers that grew while in use or came from sync.Pool"
    ),
    .heapFragmentation: .number(
      .ratio,
      [.snapshots],
      "HeapInuse divided by HeapAlloc, at its lowest in the last part of the run"
    ),
  ]
}
