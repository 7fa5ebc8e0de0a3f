package import LeakModel

extension SnapshotSeries {
  /// Reads one snapshot from the Prometheus text format: what a Go client library and cAdvisor
  /// export about a process and its container.
  ///
  /// `go_memstats_heap_inuse_bytes 2.5010176e+07`, with labels and a time in milliseconds where the
  /// source adds them. Of several containers one is read, and a remark names the others
  /// (`OwnedSeries`). Without a time it is 0. Empty when the text has none of the known names.
  package static func read(exposition bytes: [UInt8]) -> Parsed<SnapshotSeries> {
    var owned = OwnedSeries()
    var text = TextCursor(bytes)
    // OpenMetrics ends with this line, and gives seconds where the older format has milliseconds.
    var tail = text.part(max(0, bytes.count - 16)..<bytes.count)
    let isOpenMetrics = tail.take(through: "# EOF")
    var lineNumber = 0
    while var line = text.takeLine() {
      lineNumber += 1
      let isGo = line.starts(with: "go_")
      let name = line.take(while: Ascii.isWord)
      guard !name.isEmpty, let known = metricNames[line.string(name)] else { continue }
      var owner = SeriesOwner.unnamed
      if line.take("{") {
        // A label's value may hold a closing brace, the number cannot: the last one ends the labels.
        guard let brace = line.findLast(UInt8(ascii: "}")) else { continue }
        owner = SeriesOwner(labels: line.part(line.offset..<brace))
        line.offset = brace + 1
      }
      line.skipBlanks()
      guard let number = line.takeNumber(), number.isFinite else { continue }
      line.skipBlanks()
      let stamp = line.takeNumber().map { isOpenMetrics ? $0 : $0 / 1_000 }
      let sample = Sample(time: stamp ?? 0, value: number * known.scale)
      owned.add([sample], of: known.metric, isGo: isGo, owner: owner, at: .line(lineNumber))
    }
    let (samples, remark) = owned.chosen()
    var parsed = Parsed(SnapshotSeries())
    let rows = samples.compactMapValues(\.last)
    // Each container's numbers have times of their own, seconds apart: one snapshot all the same.
    if let time = rows.values.map(\.time).max() {
      parsed.value.append(at: time, rows.mapValues(\.value))
    }
    if let remark { parsed.skip(remark) }
    return parsed
  }

  /// The names that client_golang's collectors (1.23) and cAdvisor (0.49) give to known metrics, and
  /// what their unit must be multiplied by.
  static let metricNames: [String: (metric: Metric, scale: Double)] = [
    "go_goroutines": (.numGoroutine, 1),
    "go_threads": (.threads, 1),
    "go_gc_duration_seconds_count": (.numGC, 1),
    "go_gc_duration_seconds_sum": (.pauseTotalNs, 1e9),
    "go_memstats_alloc_bytes": (.alloc, 1),
    "go_memstats_alloc_bytes_total": (.totalAlloc, 1),
    "go_memstats_buck_hash_sys_bytes": (.buckHashSys, 1),
    "go_memstats_frees_total": (.frees, 1),
    "go_memstats_gc_cpu_fraction": (.gcCPUFraction, 1),
    "go_memstats_gc_sys_bytes": (.gcSys, 1),
    "go_memstats_heap_alloc_bytes": (.heapAlloc, 1),
    "go_memstats_heap_idle_bytes": (.heapIdle, 1),
    "go_memstats_heap_inuse_bytes": (.heapInuse, 1),
    "go_memstats_heap_objects": (.heapObjects, 1),
    "go_memstats_heap_released_bytes": (.heapReleased, 1),
    "go_memstats_heap_sys_bytes": (.heapSys, 1),
    "go_memstats_last_gc_time_seconds": (.lastGC, 1e9),
    "go_memstats_lookups_total": (.lookups, 1),
    "go_memstats_mallocs_total": (.mallocs, 1),
    "go_memstats_mcache_inuse_bytes": (.mCacheInuse, 1),
    "go_memstats_mcache_sys_bytes": (.mCacheSys, 1),
    "go_memstats_mspan_inuse_bytes": (.mSpanInuse, 1),
    "go_memstats_mspan_sys_bytes": (.mSpanSys, 1),
    "go_memstats_next_gc_bytes": (.nextGC, 1),
    "go_memstats_other_sys_bytes": (.otherSys, 1),
    "go_memstats_stack_inuse_bytes": (.stackInuse, 1),
    "go_memstats_stack_sys_bytes": (.stackSys, 1),
    "go_memstats_sys_bytes": (.sys, 1),
    "process_open_fds": (.fds, 1),
    "process_resident_memory_bytes": (.vmRSS, 1),
    "process_virtual_memory_bytes": (.vmSize, 1),
    "container_memory_usage_bytes": (.cgroupUsage, 1),
    "container_memory_working_set_bytes": (.cgroupWorkingSet, 1),
    "container_memory_rss": (.cgroupRSS, 1),
    "container_memory_cache": (.cgroupCache, 1),
    "container_memory_failcnt": (.cgroupFailcnt, 1),
    "container_spec_memory_limit_bytes": (.cgroupLimit, 1),
  ]
}
