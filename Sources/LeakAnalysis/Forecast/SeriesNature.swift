import LeakModel

/// What a series measures, as far as that decides what is news in it.
package enum SeriesNature: Sendable {
  /// Memory that a process holds: levels it has left and regained, and single wild readings, are no news.
  case memory
  /// The allocated heap, which falls at each collection: that is no restart.
  case heap
  /// Anything else, such as load or latency: it may move as it likes, but where it has never been is news.
  case other

  /// Judges by what is known of a series.
  ///
  /// - Parameters:
  ///   - metric: Its name, in any spelling; nil for none.
  ///   - limit: Bytes; only memory has such a limit.
  package init(metric: String?, limit: Double?) {
    let name = metric?.lowercased() ?? ""
    let words = name.split { !$0.isLetter && !$0.isNumber }
    if words.contains(where: { $0 == "alloc" || $0 == "heapalloc" }) {
      self = .heap
    } else if limit != nil || words.contains(where: { Self.words.contains(String($0)) })
      || Self.metrics.contains(words.joined())
    {
      self = .memory
    } else {
      self = .other
    }
  }

  /// Words of which one names memory, as in `process_resident_memory_bytes` or `heap.alloc`.
  private static let words: Set = ["memory", "mem", "rss", "pss", "heap", "memstats"]

  /// The metrics of snapshots that count bytes held, without their case and underscores.
  private static let metrics = Set(
    [
      Metric.sys, .heapSys, .heapIdle, .heapInuse, .heapReleased, .stackInuse,
      .stackSys, .mSpanInuse, .mSpanSys, .mCacheInuse, .mCacheSys, .buckHashSys, .gcSys, .otherSys,
      .vmSize, .vmHWM, .vmRSS, .rssAnon, .rssFile, .rssShmem, .vmData, .vmSwap,
      .hugetlbPages, .cgroupUsage, .cgroupWorkingSet, .cgroupRSS, .cgroupCache,
    ].map { $0.rawValue.lowercased().filter { $0 != "_" } }
  )
}
