import GoFormats
import LeakModel

extension FactSet {
  /// Adds what the operating system says of the process.
  mutating func measureProcess(_ evidence: EvidenceBundle) {
    measureResident(evidence)
    measureNative(evidence)
    measureThreads(evidence)
    measureUptime(evidence)
    if let smaps = evidence.smaps.last(where: \.value.tellsResidents) {
      let malloc = smaps.value.cHeap.rss + smaps.value.mallocArenas.rss
      insert(
        .processMallocArenas,
        Double(malloc),
        "C's malloc holds \(Bytes(malloc)) ([heap] and arenas)",
        [smaps.source]
      )
    }
    if let rollup = evidence.rollups.last, let rss = rollup.value["Rss"], rss > 0 {
      let huge = rollup.value["AnonHugePages"] ?? 0
      insert(
        .processHugePageShare,
        Double(huge) / Double(rss),
        "\(percent(Double(huge) / Double(rss))) of the resident memory is in huge pages",
        [rollup.source]
      )
      let lazy = rollup.value["LazyFree"] ?? 0
      insert(
        .processLazyFreeShare,
        Double(lazy) / Double(rss),
        "\(Bytes(lazy)) of the resident memory was given back lazily (LazyFree)",
        [rollup.source]
      )
    }
  }

  /// A GC trace counts from the start; a series does so when its first snapshot saw no GC cycle yet.
  private mutating func measureUptime(_ evidence: EvidenceBundle) {
    var seconds: (value: Double, source: String)?
    if let series = evidence.series, let first = series.value.times.first,
      let last = series.value.times.last, series.value.samples(of: .numGC).first?.value == 0
    {
      seconds = (last - first, series.source)
    }
    if let trace = evidence.gcTrace, trace.value.count >= 3, let last = trace.value.times.last {
      if last > seconds?.value ?? 0 { seconds = (last, trace.source) }
    }
    guard let seconds else { return }
    let minutes = seconds.value / 60
    insert(
      .processUptime,
      minutes,
      "the process had run for \(minutes.shortText) minutes",
      [seconds.source]
    )
  }

  private mutating func measureResident(_ evidence: EvidenceBundle) {
    if let sourced = evidence.series, let rss = sourced.value.last(.vmRSS) {
      let series = sourced.value
      let from = [sourced.source]
      insert(.processRSS, rss, "\(Bytes(rss)) resident", from)
      if let outline = SeriesOutline(
        series.samples(of: .vmRSS),
        summary: .middle,
        noise: 4 * mebibyte
      ) {
        insert(
          .processRSSTrend,
          .word(outline.shape.rawValue),
          "the resident memory \(outline.shape.phrase): \(Bytes(outline.start)) → \(Bytes(outline.end))",
          from
        )
        insert(
          .processRSSGrowth,
          outline.growth,
          "the resident memory changed by \(Bytes(outline.growth))",
          from
        )
      }
      if let stacks = series.last(.stackInuse) {
        insert(
          .processStackShare,
          stacks / max(rss, 1),
          "goroutine stacks are \(Bytes(stacks)), \(percent(stacks / max(rss, 1))) of the resident memory",
          from
        )
        let goroutines = series.last(.numGoroutine) ?? 0
        insert(
          .processStackPerGoroutine,
          stacks / max(1, goroutines),
          "\(Bytes(stacks / max(1, goroutines))) of stack for each goroutine",
          from
        )
      }
      if let file = series.last(.rssFile) {
        insert(
          .processFileShare,
          file / max(rss, 1),
          "file-backed pages are \(percent(file / max(rss, 1))) of the resident memory",
          from
        )
        if let outline = SeriesOutline(
          series.samples(of: .rssFile),
          summary: .middle,
          noise: 4 * mebibyte
        ) {
          insert(
            .processFileGrowth,
            outline.growth,
            "file-backed resident memory changed by \(Bytes(outline.growth))",
            from
          )
        }
      }
    } else if let status = evidence.statuses.last, let rss = status.value["VmRSS"] {
      let from = [status.source]
      insert(.processRSS, Double(rss), "\(Bytes(rss)) resident", from)
      if let file = status.value["RssFile"] {
        insert(
          .processFileShare,
          Double(file) / Double(max(1, rss)),
          "file-backed pages are \(percent(Double(file) / Double(max(1, rss)))) of the resident memory",
          from
        )
      }
      if evidence.statuses.count > 1, let first = evidence.statuses.first,
        let before = first.value["VmRSS"]
      {
        let both = [first.source, status.source]
        insert(
          .processRSSGrowth,
          Double(rss - before),
          "the resident memory went from \(Bytes(before)) to \(Bytes(rss))",
          both
        )
        if let file = status.value["RssFile"], let fileBefore = first.value["RssFile"] {
          insert(
            .processFileGrowth,
            Double(file - fileBefore),
            "file-backed resident memory changed by \(Bytes(file - fileBefore))",
            both
          )
        }
      }
    }
  }

  /// Native memory: what RssAnon holds beyond all that Go's runtime mapped and keeps.
  ///
  /// RssAnon − (Sys − HeapReleased) counts no page that Go has; pages given back with MADV_FREE
  /// (Go before 1.16, GODEBUG=madvdontneed=0) stay in RssAnon until the kernel wants them, so
  /// LazyFree of smaps_rollup comes off.
  private mutating func measureNative(_ evidence: EvidenceBundle) {
    guard let sourced = evidence.series, let anonymous = sourced.value.columns[.rssAnon],
      let sys = sourced.value.columns[.sys], let released = sourced.value.columns[.heapReleased]
    else { return }
    let series = sourced.value
    let lazy = Double(evidence.rollups.last?.value["LazyFree"] ?? 0)
    let native = series.times.indices.map { index in
      Sample(time: series.times[index], value: anonymous[index] - (sys[index] - released[index]))
    }
    .filter { !$0.value.isNaN }
    guard let last = native.last, let rss = series.last(.vmRSS) else { return }
    let now = last.value - lazy
    let from = [sourced.source] + (lazy > 0 ? evidence.rollups.suffix(1).map(\.source) : [])
    insert(
      .processNative,
      now,
      now > 8 * mebibyte
        ? "\(Bytes(now)) of anonymous memory is not Go's: RssAnon − (Sys − HeapReleased)"
        : "Go's runtime accounts for all anonymous memory",
      from
    )
    insert(
      .processNativeShare,
      max(0, now) / max(1, rss),
      "memory outside of Go is \(percent(max(0, now) / max(1, rss))) of the resident memory",
      from
    )
    if let outline = SeriesOutline(native, summary: .middle, noise: 4 * mebibyte) {
      let growth = min(outline.growth, now)
      insert(
        .processNativeGrowth,
        growth,
        "memory outside of Go changed by \(Bytes(growth))",
        from
      )
    }
    if let held = heldHeap(series, lazy: lazy) {
      insert(
        .processIdleHeld,
        held,
        "\(Bytes(held)) of empty heap stays resident",
        from
      )
      insert(
        .processIdleHeldShare,
        held / max(1, rss),
        "empty heap is \(percent(held / max(1, rss))) of the resident memory",
        from
      )
    }
  }

  /// Empty heap that is not given back: the middle of the last third, as just after a GC cycle an
  /// ordinary heap is half empty, too.
  private func heldHeap(_ series: SnapshotSeries, lazy: Double) -> Double? {
    guard let idle = series.columns[.heapIdle], let back = series.columns[.heapReleased]
    else { return nil }
    let late = series.times.indices.suffix(max(1, series.count / 3))
    let held = late.map { idle[$0] - back[$0] + Swift.min(lazy, back[$0]) }.filter { !$0.isNaN }
    return held.isEmpty ? nil : held.median
  }

  private mutating func measureThreads(_ evidence: EvidenceBundle) {
    if let sourced = evidence.series {
      let from = [sourced.source]
      let threads = sourced.value.samples(of: .threads)
      if let last = threads.last {
        insert(.processThreads, last.value, "\(Int(clamping: last.value)) threads", from)
        let before = threads[threads.count / 5].value
        insert(
          .processThreadGrowth,
          last.value - before,
          "\(Int(clamping: last.value - before)) threads more",
          from
        )
      }
      measureDescriptors(sourced.value, from)
    } else if let status = evidence.statuses.last, let threads = status.value["Threads"] {
      insert(.processThreads, Double(threads), "\(threads) threads", [status.source])
      if let before = evidence.statuses.first?.value["Threads"], evidence.statuses.count > 1 {
        insert(
          .processThreadGrowth,
          Double(threads) - Double(before),
          "\(threads &- before) threads more",
          [status.source]
        )
      }
    }
  }
}

extension MemoryBreakdown {
  /// Splits the resident memory of the last snapshot; nil without MemStats and RSS together.
  package init?(_ evidence: EvidenceBundle) {
    guard let series = evidence.series?.value, let rss = series.last(.vmRSS),
      let inuse = series.last(.heapInuse), let idle = series.last(.heapIdle),
      let released = series.last(.heapReleased)
    else { return nil }
    let stacks = series.last(.stackSys) ?? series.last(.stackInuse) ?? 0
    let own: [Metric] = [.mSpanSys, .mCacheSys, .buckHashSys, .gcSys, .otherSys]
    let runtime = own.reduce(0) { $0 + (series.last($1) ?? 0) }
    let file = (series.last(.rssFile) ?? 0) + (series.last(.rssShmem) ?? 0)
    let parts = inuse + idle - released + stacks + runtime + file
    self.init(
      rss: Int64(clamping: rss),
      heapInuse: Int64(clamping: inuse),
      heapIdleHeld: Int64(clamping: idle - released),
      stacks: Int64(clamping: stacks),
      runtime: Int64(clamping: runtime),
      file: Int64(clamping: file),
      unexplained: Int64(clamping: rss - parts)
    )
  }
}
