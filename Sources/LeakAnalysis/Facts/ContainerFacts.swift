import GoFormats
import LeakModel

extension FactSet {
  /// Adds what the container's cgroup and the kernel's log tell.
  mutating func measureContainer(_ evidence: EvidenceBundle) {
    measureKills(evidence)
    guard let limit = evidence.limit, limit > 0 else { return }
    let cgroup = evidence.cgroups.last
    let from =
      (cgroup?.source ?? evidence.container?.source ?? evidence.series?.source).map { [$0] }
      ?? []
    let peak = [
      cgroup?.value.peak.map(Double.init), cgroup?.value.usage.map(Double.init),
      evidence.series?.value.peak(.cgroupUsage),
    ].compactMap { $0 }.max()
    if let peak {
      insert(
        .containerUsageRatio,
        peak / limit,
        "the container used up to \(Bytes(peak)), \(percent(peak / limit)) of its limit",
        from
      )
    }
    insert(.containerLimit, limit, "the container's limit is \(Bytes(limit))", from)
    let killed = evidence.kills?.value.last?.anonymous.map(Double.init)
    if let process = [evidence.series?.value.peak(.rssAnon), killed].compactMap({ $0 }).max() {
      insert(
        .containerProcessRatio,
        process / limit,
        "the process itself held up to \(Bytes(process)), \(percent(process / limit)) of the limit",
        from
      )
    }
    if let hits = cgroup?.value.limitHits.map(Double.init)
      ?? evidence.series?.value.last(.cgroupFailcnt)
    {
      insert(.containerLimitHits, hits, "the limit was hit \(Int(clamping: hits)) times", from)
    }
    if let cgroup, let usage = cgroup.value.usage, usage > 0 {
      measureUsage(cgroup.value, usage: Double(usage), from)
    }
  }

  /// Splits the container's usage: page cache the kernel can drop, kernel memory it cannot.
  ///
  /// v1 memory.stat: `cache` (with shmem in it) and `rss`; v2: `file`, `anon`, `kernel`, `sock`,
  /// `shmem` (Linux, Documentation/admin-guide/cgroup-v1/memory.rst and cgroup-v2.rst). v1 has no
  /// kernel number in memory.stat: what is neither cache nor rss is the kernel's.
  private mutating func measureUsage(_ memory: CgroupMemory, usage: Double, _ from: [String]) {
    let stat = memory.stat.mapValues(Double.init)
    let shmem = stat["total_shmem"] ?? stat["shmem"] ?? 0
    guard let file = stat["file"] ?? stat["total_cache"] ?? stat["cache"],
      let anonymous = stat["anon"] ?? stat["total_rss"] ?? stat["rss"]
    else { return }
    let cache = max(0, file - shmem) / usage
    insert(
      .containerCacheShare,
      min(1, cache),
      "page cache is \(percent(min(1, cache))) of the container's usage",
      from
    )
    let kernel = (stat["kernel"] ?? max(0, usage - file - anonymous)) / usage
    insert(
      .containerKernelShare,
      min(1, kernel),
      "kernel memory is \(percent(min(1, kernel))) of the container's usage",
      from
    )
  }

  private mutating func measureKills(_ evidence: EvidenceBundle) {
    if let kills = evidence.kills, let last = kills.value.last {
      let isNode =
        last.constraint == "CONSTRAINT_NONE" || (last.constraint == nil && !last.isContainerKill)
      let size = last.anonymous.map { " at \(Bytes($0)) anonymous" } ?? ""
      insert(
        .containerOOMKilled,
        .flag(!isNode),
        isNode
          ? "no kill for the container's limit"
          : "the kernel killed \(last.process)\(size) for the container's limit",
        [kills.source]
      )
      insert(
        .nodeOOM,
        .flag(isNode),
        isNode
          ? "the kernel killed \(last.process) because the node ran out of memory"
          : "the node had memory left",
        [kills.source]
      )
    } else if let container = evidence.container, container.value.tellsEnd {
      if let end = container.value.end {
        let code = container.value.exitCode.map { " (exit code \($0))" } ?? ""
        insert(
          .containerEnd,
          .word(end.rawValue),
          "the container \(end.phrase)\(code), not for its memory limit",
          [container.source]
        )
      }
      let isKilled = container.value.isOOMKilled
      insert(
        .containerOOMKilled,
        .flag(isKilled),
        isKilled
          ? "the container's last state is OOMKilled"
          : "the container's last state is not OOMKilled",
        [container.source]
      )
    } else if let kills = evidence.cgroups.last?.value.oomKills,
      let source = evidence.cgroups.last?.source
    {
      insert(
        .containerOOMKilled,
        .flag(kills > 0),
        kills > 0 ? "\(kills) OOM kills in this container" : "no OOM kill in this container",
        [source]
      )
    }
  }

  /// Adds how the process ended.
  mutating func measureCrash(_ evidence: EvidenceBundle) {
    guard let crash = evidence.crash else { return }
    insert(
      .crashKind,
      .word(crash.value.kind.rawValue),
      "the process ended with: \(crash.value.message)",
      [crash.source]
    )
    let isExhausted = crash.value.kind == .threadExhaustion
    insert(
      .crashThreadsExhausted,
      .flag(isExhausted),
      isExhausted ? "the system gave no further thread" : "the process did not end for threads",
      [crash.source]
    )
  }
}

extension ContainerReport.End {
  /// The end in words, to be read after "the container".
  fileprivate var phrase: String {
    switch self {
    case .probe: "was restarted as its liveness or startup probe failed"
    case .killed: "was killed from outside"
    case .stopped: "was asked to stop"
    case .crashed: "ended with a panic or fatal error of Go"
    case .failed: "ended with an error"
    }
  }
}
