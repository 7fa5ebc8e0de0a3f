extension FactID {
  /// The facts about the process as the operating system sees it.
  static let processFacts: [FactID: FactDefinition] = [
    .processRSS: .number(
      .bytes,
      [.snapshots, .processFiles],
      "resident memory in the newest capture"
    ),
    .processRSSTrend: .word(trendWords, [.snapshots], "the course of the resident memory"),
    .processRSSGrowth: .number(
      .bytes,
      [.snapshots, .processFiles],
      "growth of the resident memory, start-up left out"
    ),
    .processNative: .number(
      .bytes,
      [.snapshots],
      "anonymous memory that Go's runtime did not ask for: RssAnon − (Sys − HeapReleased) − LazyFree"
    ),
    .processNativeGrowth: .number(.bytes, [.snapshots], "growth of process.native"),
    .processNativeShare: .number(
      .ratio,
      [.snapshots],
      "process.native divided by the resident memory"
    ),
    .processFileGrowth: .number(
      .bytes,
      [.snapshots, .processFiles],
      "growth of the file-backed resident memory (RssFile)"
    ),
    .processFileShare: .number(
      .ratio,
      [.snapshots, .processFiles],
      "file-backed part of the resident memory"
    ),
    .processStackShare: .number(
      .ratio,
      [.snapshots],
      "goroutine stacks' part of the resident memory"
    ),
    .processStackPerGoroutine: .number(.bytes, [.snapshots], "stack memory for each goroutine"),
    .processIdleHeld: .number(
      .bytes,
      [.snapshots],
      "heap without objects that was not given back: HeapIdle − HeapReleased, plus LazyFree"
    ),
    .processIdleHeldShare: .number(
      .ratio,
      [.snapshots],
      "process.idle_held divided by the resident memory"
    ),
    .processLazyFreeShare: .number(
      .ratio,
      [.processFiles],
      "resident pages that were given back with MADV_FREE, part of the resident memory"
    ),
    .processHugePageShare: .number(
      .ratio,
      [.processFiles],
      "anonymous memory in transparent huge pages, part of the resident memory"
    ),
    .processUptime: .number(
      .minutes,
      [.gcTrace, .snapshots],
      "how long the process had run at its last sign of life"
    ),
    .processThreads: .number(.count, [.snapshots, .processFiles], "threads"),
    .processThreadGrowth: .number(.count, [.snapshots, .processFiles], "threads more"),
    .processFDGrowth: .number(.count, [.snapshots], "open file descriptors more"),
    .processFDIsGrowing: .flag(
      [.snapshots],
      "the number of open file descriptors rises throughout, by a score at least"
    ),
    .processFDFreedByGC: .flag(
      [.snapshots],
      "open file descriptors pile up until a GC runs, which closes them by the dozen"
    ),
    .processMallocArenas: .number(
      .bytes,
      [.processFiles],
      "resident memory of glibc's malloc: [heap] and its arenas"
    ),
  ]
}
