import GoFormats

extension FactID {
  /// The facts about the container, and how the process ended.
  static let containerFacts: [FactID: FactDefinition] = [
    .containerLimit: .number(
      .bytes,
      [],
      "the container's memory limit"
    ),
    .containerUsageRatio: .number(
      .ratio,
      [.cgroupFiles, .snapshots],
      "the container's highest usage divided by its limit"
    ),
    .containerProcessRatio: .number(
      .ratio,
      [.snapshots, .cgroupFiles],
      "the process's highest anonymous memory divided by the container's limit"
    ),
    .containerCacheShare: .number(
      .ratio,
      [.cgroupFiles],
      "page cache's part of the container's usage"
    ),
    .containerKernelShare: .number(
      .ratio,
      [.cgroupFiles],
      "kernel memory's part of the container's usage: slab, sockets, page tables, stacks"
    ),
    .containerLimitHits: .number(
      .count,
      [.cgroupFiles, .snapshots],
      "how often the limit was hit (failcnt; memory.events max)"
    ),
    .containerOOMKilled: .flag(
      [.kernelLog, .cgroupFiles],
      "the kernel killed a process for the container's limit"
    ),
    .containerEnd: .word(
      ContainerReport.End.allCases.map(\.rawValue),
      [],
      "how the container ended last, where it was not for its memory limit"
    ),
    .nodeOOM: .flag([.kernelLog], "the kernel killed because the whole node ran out of memory"),
    .crashThreadsExhausted: .flag(
      [],
      "the process ended because the system gave no further thread"
    ),
    .crashKind: .word(
      CrashReport.Kind.allCases.map(\.rawValue),
      [.crashLog],
      "how the process ended, by its own words"
    ),
  ]
}
