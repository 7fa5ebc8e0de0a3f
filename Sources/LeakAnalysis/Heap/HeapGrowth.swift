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
  /// Whether stacks and object sizes were seen, which reports in text do not show.
  package let hasStacks: Bool
  /// Whether two profiles were compared.
  package let isDifference: Bool
  /// In-use bytes of the last profile.
  package let lastTotal: Int64
  /// The part of the gain that came after the middle profile; nil with fewer than three.
  package let lateShare: Double?

  /// The site that explains most: the program's own function, where there is one that matters.
  package let top: AllocationSite?
  /// What it gained at each of its places.
  package let topPlaces: AllocationPlaces
  /// The site that allocated most, likewise.
  package let topAllocated: AllocationSite?
  package let topAllocatedPlaces: AllocationPlaces
  /// How what the top site keeps developed over three profiles; nil with fewer.
  package let course: RetentionCourse?

  /// Compares the first profile with the last; nil without an in-use or alloc column.
  init?(_ captured: [HeapView]) {
    let views = Self.distinct(captured)
    guard let last = views.last else { return nil }
    lastTotal = last.inUse.total
    hasStacks = last.hasStacks
    let first = views.count > 1 ? views.first : nil
    sources = [first?.source, last.source].compactMap(\.self)
    isDifference = first != nil
    sites = first.map { last.inUse.growth(since: $0.inUse) } ?? last.inUse.ranked
    total = last.inUse.total &- (first?.inUse.total ?? 0)
    allocated = first.map { last.allocated.growth(since: $0.allocated) } ?? last.allocated.ranked
    allocatedTotal = last.allocated.total &- (first?.allocated.total ?? 0)
    let middle = views[views.count / 2].inUse.total
    lateShare =
      views.count > 2 && total > 0
      ? Double(last.inUse.total &- middle) / Double(total) : nil
    top = Self.leading(sites)
    topAllocated = Self.leading(allocated)
    topPlaces = Self.places(of: top, .inuse, from: first, to: last)
    topAllocatedPlaces = Self.places(of: topAllocated, .alloc, from: first, to: last)
    let gained = topPlaces
    course = top.flatMap { RetentionCourse(of: $0, gained: gained, views) }
  }

  /// The views without those that show the same GC cycle as the one before.
  ///
  /// A heap profile is the state at the last completed GC (runtime/mprof.go): while none completes,
  /// all profiles are alike, whatever the program allocates, and say nothing of the time between.
  private static func distinct(_ views: [HeapView]) -> [HeapView] {
    views.enumerated().filter { index, view in
      index == 0 || view.allocated.total == 0
        || view.allocated.total != views[index - 1].allocated.total
        || view.inUse.total != views[index - 1].inUse.total
    }.map(\.element)
  }

  private static func places(
    of site: AllocationSite?,
    _ column: HeapView.Column,
    from first: HeapView?,
    to last: HeapView
  ) -> AllocationPlaces {
    guard let site else { return AllocationPlaces() }
    let places = last.places(of: site, column)
    return first.map { places.growth(since: $0.places(of: site, column)) } ?? places
  }

  private static func leading(_ sites: [AllocationSite]) -> AllocationSite? {
    guard let first = sites.first, first.bytes > 0 else { return nil }
    let own = sites.first { $0.isOwn }
    // A library's site leads only when it dwarfs every function of the program.
    guard let own, Double(own.bytes) * 4 >= Double(first.bytes) else { return first }
    return own
  }

  /// The bytes that one kind of allocation gained, over all sites.
  package func growth(of kind: AllocationKind) -> Int64 {
    sites.reduce(0) { $0 &+ max(0, $1.bytesByKind[kind] ?? 0) }
  }
}
