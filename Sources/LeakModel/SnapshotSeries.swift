/// A number that a snapshot may hold; the raw values are the names its source gives it.
///
/// `runtime.MemStats` fields and `NumGoroutine` by their Go names; /proc/PID/status fields in bytes;
/// `Threads`, `FDs`; cgroup numbers with the prefix `cgroup_`. Bytes unless the name says otherwise.
package enum Metric: String, Sendable, CaseIterable, Hashable {
  case alloc = "Alloc"
  case totalAlloc = "TotalAlloc"
  case sys = "Sys"
  case lookups = "Lookups"
  case mallocs = "Mallocs"
  case frees = "Frees"
  case heapAlloc = "HeapAlloc"
  case heapSys = "HeapSys"
  case heapIdle = "HeapIdle"
  case heapInuse = "HeapInuse"
  case heapReleased = "HeapReleased"
  case heapObjects = "HeapObjects"
  case stackInuse = "StackInuse"
  case stackSys = "StackSys"
  case mSpanInuse = "MSpanInuse"
  case mSpanSys = "MSpanSys"
  case mCacheInuse = "MCacheInuse"
  case mCacheSys = "MCacheSys"
  case buckHashSys = "BuckHashSys"
  case gcSys = "GCSys"
  case otherSys = "OtherSys"
  case nextGC = "NextGC"
  case lastGC = "LastGC"
  case pauseTotalNs = "PauseTotalNs"
  case numGC = "NumGC"
  case numForcedGC = "NumForcedGC"
  case gcCPUFraction = "GCCPUFraction"
  case numGoroutine = "NumGoroutine"
  case vmSize = "VmSize"
  case vmHWM = "VmHWM"
  case vmRSS = "VmRSS"
  case rssAnon = "RssAnon"
  case rssFile = "RssFile"
  case rssShmem = "RssShmem"
  case vmData = "VmData"
  case vmSwap = "VmSwap"
  case hugetlbPages = "HugetlbPages"
  case threads = "Threads"
  case fds = "FDs"
  case cgroupUsage = "cgroup_usage"
  case cgroupLimit = "cgroup_limit"
  case cgroupFailcnt = "cgroup_failcnt"
  /// Usage without inactive page cache, as Kubernetes counts it.
  case cgroupWorkingSet = "cgroup_working_set"
  case cgroupRSS = "cgroup_rss"
  case cgroupCache = "cgroup_cache"
}

/// Snapshots of one process in the order of time, one column a metric.
package struct SnapshotSeries: Sendable, Equatable {
  /// Seconds since 1970 (or since the start, where the source knows no better), not decreasing.
  package private(set) var times: [Double] = []
  /// The columns present, each as long as `times`; NaN where a snapshot lacks the number.
  package private(set) var columns: [Metric: [Double]] = [:]

  package init() {}

  /// Takes columns as long as `times`, which do not decrease.
  package init(times: [Double], columns: [Metric: [Double]]) {
    self.times = times
    self.columns = columns
  }

  package var count: Int { times.count }
  package var isEmpty: Bool { times.isEmpty }

  /// Adds a snapshot; one that is older than the last is put where it belongs.
  package mutating func append(at time: Double, _ values: [Metric: Double]) {
    var index = times.count
    while index > 0, times[index - 1] > time { index -= 1 }
    times.insert(time, at: index)
    for (metric, value) in values where columns[metric] == nil && !value.isNaN {
      columns[metric] = [Double](repeating: .nan, count: times.count - 1)
    }
    // A copy of the keys: a loop over the dictionary's own would hold, and so copy, every column.
    for metric in Array(columns.keys) {
      columns[metric, default: []].insert(values[metric] ?? .nan, at: index)
    }
  }

  /// Whether a number can be a time or a measurement: Go and the kernel count in 64 bits, of which
  /// the largest stands for "no bound".
  package static func isPossible(_ number: Double) -> Bool {
    number.magnitude <= 18_446_744_073_709_551_616
  }

  /// The samples of one metric without the gaps; empty when there is none.
  package func samples(of metric: Metric) -> [Sample] {
    guard let column = columns[metric] else { return [] }
    return zip(times, column).compactMap { $1.isNaN ? nil : Sample(time: $0, value: $1) }
  }

  /// The container's limit in bytes at the end; nil where there is none.
  ///
  /// Kernels write "no limit" as a number near the largest there is: PAGE_COUNTER_MAX pages, above
  /// 2^62 bytes (cgroup v1, memory.limit_in_bytes).
  package var containerLimit: Double? {
    last(.cgroupLimit).flatMap { $0 > 0 && $0 < 4e18 ? $0 : nil }
  }

  /// The last value of a metric.
  package func last(_ metric: Metric) -> Double? {
    columns[metric]?.last { !$0.isNaN }
  }

  /// The largest value of a metric.
  package func peak(_ metric: Metric) -> Double? {
    columns[metric]?.filter { !$0.isNaN }.max()
  }
}

/// One value of a series.
package struct Sample: Sendable, Equatable {
  /// Seconds.
  package let time: Double
  package let value: Double

  package init(time: Double, value: Double) {
    self.time = time
    self.value = value
  }
}
