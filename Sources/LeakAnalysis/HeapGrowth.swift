import GoFormats

/// The growth that heap profiles of one process show, and the site that explains most of it.
package struct HeapGrowth: Sendable {
  package let sources: [String]
  /// In-use growth by site, the largest first; with a single profile, all in-use bytes.
  package let sites: [AllocationSite]
  /// In-use bytes gained (with one profile: in use).
  package let total: Int64
  /// Allocated bytes by site between the profiles (with one profile: since the start).
  package let allocated: [AllocationSite]
  package let allocatedTotal: Int64
  /// Whether two profiles were compared.
  package let isDifference: Bool
  /// In-use bytes of the last profile.
  package let lastTotal: Int64?
  /// The part of the gain that came after the middle profile; nil with fewer than three.
  package let lateShare: Double?

  /// Compares the first profile with the last; nil without an in-use or alloc column.
  init?(_ heaps: [EvidenceBundle.Sourced<Profile>], ownCode: OwnCode) {
    guard let last = heaps.last else { return nil }
    let lastInUse = AllocationSites(last.value, .inuse, ownCode: ownCode)
    let lastAllocated = AllocationSites(last.value, .alloc, ownCode: ownCode)
    if heaps.count > 1, let first = heaps.first {
      let firstInUse = AllocationSites(first.value, .inuse, ownCode: ownCode)
      let firstAllocated = AllocationSites(first.value, .alloc, ownCode: ownCode)
      sources = [first.source, last.source]
      sites = lastInUse.growth(since: firstInUse)
      total = lastInUse.total - firstInUse.total
      allocated = lastAllocated.growth(since: firstAllocated)
      allocatedTotal = lastAllocated.total - firstAllocated.total
      isDifference = true
      if heaps.count > 2 {
        let middle = AllocationSites(heaps[heaps.count / 2].value, .inuse, ownCode: ownCode).total
        lateShare = total > 0 ? Double(lastInUse.total - middle) / Double(total) : nil
      } else {
        lateShare = nil
      }
    } else {
      sources = [last.source]
      sites = lastInUse.ranked
      total = lastInUse.total
      allocated = lastAllocated.ranked
      allocatedTotal = lastAllocated.total
      isDifference = false
      lateShare = nil
    }
    lastTotal = lastInUse.total
  }

  /// The site that explains most: the program's own function, where there is one that matters.
  package var top: AllocationSite? { Self.leading(sites) }
  package var topAllocated: AllocationSite? { Self.leading(allocated) }

  private static func leading(_ sites: [AllocationSite]) -> AllocationSite? {
    guard let first = sites.first, first.bytes > 0 else { return nil }
    let own = sites.first { $0.isOwn }
    // A library's site leads only when it dwarfs every function of the program.
    guard let own, own.bytes * 4 >= first.bytes else { return first }
    return own
  }

  /// The bytes that one kind of allocation gained, over all sites.
  package func growth(of kind: AllocationKind) -> Int64 {
    sites.reduce(0) { $0 + max(0, $1.bytesByKind[kind] ?? 0) }
  }
}
