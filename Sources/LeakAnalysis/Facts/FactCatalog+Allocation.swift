extension FactID {
  /// The facts about allocation and garbage collection.
  static let allocationFacts: [FactID: FactDefinition] = [
    .allocRate: .number(
      .bytesPerSecond,
      [.snapshots, .heapProfiles],
      "bytes allocated per second, start-up left out"
    ),
    .allocObjectRate: .number(.perSecond, [.snapshots], "objects allocated per second"),
    .allocMeanSize: .number(.bytes, [.snapshots, .heapProfiles], "mean size of what is allocated"),
    .allocTurnover: .number(
      .perSecond,
      [.snapshots],
      "how many times per second the live heap is allocated anew"
    ),
    .allocSiteShare: .number(
      .ratio,
      [.heapProfiles, .heapProfile],
      "the part of all allocated bytes that the busiest function of the program allocates"
    ),
    .allocSiteObjectSize: .number(
      .bytes,
      [.heapProfiles, .heapProfile],
      "mean size of the objects allocated there"
    ),
    .allocSiteSizeCount: .number(
      .count,
      [.heapProfiles, .heapProfile],
      "how many sizes of object hold a fiftieth or more of what is allocated there, in the one line that has most"
    ),
    .allocSiteKind: .word(
      siteWords,
      [.heapProfiles, .heapProfile],
      "what allocates there, by the frames below the program's function"
    ),
    .allocBytesPerOperation: .number(
      .bytes,
      [],
      "bytes that one operation of a benchmark allocates (B/op)"
    ),
    .allocObjectsPerOperation: .number(
      .count,
      [],
      "objects that one operation of a benchmark allocates (allocs/op)"
    ),
    .allocReflectionShare: .number(
      .ratio,
      [],
      "the part of the allocated objects that reflection, formatting and text conversion make"
    ),
    .gcRate: .number(
      .perSecond,
      [.snapshots, .gcTrace],
      "GC cycles per second in the second half of the run"
    ),
    .gcCPURecent: .number(
      .ratio,
      [.gcTrace, .snapshots],
      "the part of the CPU time available that GC took in the second half of the run"
    ),
    .gcOff: .flag([.snapshots], "no automatic GC: no goal is set (GOGC=off)"),
    .gcForced: .number(
      .count,
      [.snapshots, .gcTrace],
      "GC cycles that the program asked for itself, by runtime.GC or debug.FreeOSMemory"
    ),
    .gcGoalOverLive: .number(
      .ratio,
      [.gcTrace, .snapshots],
      "the GC's heap goal divided by the live heap, median of the second half"
    ),
    .gcGoalOverLimit: .number(
      .ratio,
      [.snapshots, .cgroupFiles],
      "the GC's heap goal divided by the container's limit, at the end"
    ),
    .gcLiveOverLimit: .number(
      .ratio,
      [.snapshots, .cgroupFiles],
      "the live heap divided by the container's limit, at the end"
    ),
  ]
}
