package import GoFormats

/// The heap of one moment by site, from a profile or from what pprof printed of one.
package struct HeapView: Sendable {
  /// Which values of a profile are added up: what is in use, or all that was allocated.
  package enum Column: String, Sendable {
    case inuse
    case alloc
  }

  let source: String
  package let inUse: AllocationSites
  package let allocated: AllocationSites
  /// nil where stacks and object sizes are not known.
  private let stacks: HeapStacks?

  var hasStacks: Bool { stacks != nil }

  /// Adds up a profile by site, without some functions of the program: all that was allocated under
  /// them is left out then, and all that shows no function of the program.
  package init(
    source: String,
    profile: Profile,
    ownCode: OwnCode,
    without accountedFor: OwnFunctions? = nil
  ) {
    self.source = source
    let stacks = HeapStacks(profile, ownCode, without: accountedFor)
    inUse = stacks.sites(.inuse)
    allocated = stacks.sites(.alloc)
    self.stacks = stacks
  }

  /// A report shows one column; without a line `Type:` it is what is in use, pprof's default.
  init(source: String, report: ProfileReport, ownCode: OwnCode) {
    self.source = source
    let isAllocated = report.sampleType == "alloc_space"
    let sites = AllocationSites(report, ownCode: ownCode)
    inUse = isAllocated ? AllocationSites() : sites
    allocated = isAllocated ? sites : AllocationSites()
    stacks = nil
  }

  /// What a site has at each of its places; none where stacks are not known.
  package func places(of site: AllocationSite, _ column: Column) -> AllocationPlaces {
    stacks?.places(of: site, column) ?? AllocationPlaces()
  }
}
