/// A container's memory as its cgroup files say, v1 or v2, in bytes; nil where a file is missing.
package struct CgroupMemory: Sendable, Equatable {
  /// 1 or 2; nil where the file at hand does not tell.
  package var version: Int?
  /// memory.current, or memory.usage_in_bytes.
  package var usage: Int64?
  /// memory.max, or memory.limit_in_bytes; nil also when there is no limit.
  package var limit: Int64?
  /// memory.high; nil also when it is `max`.
  package var high: Int64?
  /// memory.peak, or memory.max_usage_in_bytes.
  package var peak: Int64?
  /// memory.failcnt (v1), or the count `max` of memory.events (v2): how often the limit was hit.
  package var limitHits: Int64?
  /// How often memory.high was passed (v2, memory.events `high`).
  package var highEvents: Int64?
  /// How many processes the OOM killer ended here (`oom_kill`).
  package var oomKills: Int64?
  /// Whether a limit file was read and said "none".
  package var isUnlimited = false
  /// memory.stat by its own names (v1 `total_…` where present).
  package var stat: [String: Int64] = [:]

  package init() {}
}
