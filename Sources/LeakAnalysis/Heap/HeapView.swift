import GoFormats

/// The heap of one moment by site, from a profile or from what pprof printed of one.
struct HeapView: Sendable {
  let source: String
  let inUse: AllocationSites
  let allocated: AllocationSites
  /// Whether stacks and object sizes are known.
  let hasStacks: Bool

  /// Adds up the stacks that count; all by default.
  init(
    source: String,
    profile: Profile,
    ownCode: OwnCode,
    where part: ([StackCall]) -> Bool = { _ in true }
  ) {
    self.source = source
    hasStacks = true
    var calls = StackCalls(profile, ownCode)
    self.inUse = AllocationSites(profile, .inuse, &calls, where: part)
    self.allocated = AllocationSites(profile, .alloc, &calls, where: part)
  }

  /// A report shows one column; without a line `Type:` it is what is in use, pprof's default.
  init(source: String, report: ProfileReport, ownCode: OwnCode) {
    self.source = source
    hasStacks = false
    let isAllocated = report.sampleType == "alloc_space"
    let sites = AllocationSites(report, ownCode: ownCode)
    self.inUse = isAllocated ? AllocationSites() : sites
    self.allocated = isAllocated ? sites : AllocationSites()
  }
}
