import GoFormats

/// What stays of what a site allocates: in the whole, and late against early.
package struct RetentionCourse: Sendable {
  /// The part of what its growing places allocated between the profiles that is still in use.
  ///
  /// Place by place, weighted by what each gained: scratch memory that the same function allocates
  /// on other lines, to parse or to format, is no part of it.
  package let retention: Double
  /// The retention after the middle profile, divided by that before it; nil where one of them
  /// cannot be told.
  ///
  /// What leaks keeps the same part of all it allocates, however the load changes. A cache or ring
  /// that is full keeps nothing more: each new entry takes the place of an old one.
  package let lateOverEarly: Double?
  /// Whether the objects got larger rather than more: a slice, map or buffer that is regrown.
  package let isRegrown: Bool

  /// Follows the top site of a growth through views of different GC cycles, in the order of time.
  ///
  /// - Returns: nil with fewer than two views, or without stacks.
  init?(of top: AllocationSite, gained: AllocationPlaces, _ views: [HeapView]) {
    guard views.count > 1, let first = views.first, let last = views.last, last.hasStacks
    else { return nil }
    let gained = gained.amountByPlace.filter { $0.value.bytes > 0 }
    let places = Set(gained.keys)
    let total = gained.values.reduce(0) { $0 &+ $1.bytes }
    guard total > 0 else { return nil }
    func amounts(_ view: HeapView, _ column: HeapView.Column) -> Amounts {
      view.places(of: top, column).amountByPlace
    }
    let allocated = (amounts(first, .alloc), amounts(last, .alloc))
    let inUse = (amounts(first, .inuse), amounts(last, .inuse))
    retention =
      gained.reduce(0) { sum, place in
        let made =
          (allocated.1[place.key]?.bytes ?? 0) &- (allocated.0[place.key]?.bytes ?? 0)
        let kept = Double(place.value.bytes)
        return sum + kept * min(1, kept / Double(max(1, made)))
      } / Double(total)
    isRegrown = Self.isRegrown(gained, inUse.0, inUse.1)
    guard views.count > 2, !isRegrown else {
      lateOverEarly = nil
      return
    }
    let middle = views[views.count / 2]
    func sum(_ amounts: Amounts) -> Double {
      amounts.reduce(0) { places.contains($1.key) ? $0 + Double($1.value.bytes) : $0 }
    }
    lateOverEarly = Self.lateOverEarly(
      made: (sum(allocated.0), sum(amounts(middle, .alloc)), sum(allocated.1)),
      kept: (sum(inUse.0), sum(amounts(middle, .inuse)), sum(inUse.1))
    )
  }

  private typealias Amounts = [AllocationPlace: AllocationAmount]

  /// Whether most of the gain is at places whose objects became larger by a third while there are
  /// hardly more of them; where nothing was before, one or two objects that hold all.
  ///
  /// append and maps grow by a quarter to the double at a time (runtime/slice.go, nextslicecap).
  private static func isRegrown(
    _ gained: Amounts,
    _ before: Amounts,
    _ after: Amounts
  ) -> Bool {
    var regrown: Int64 = 0
    var total: Int64 = 0
    for (place, gain) in gained {
      total &+= gain.bytes
      guard let now = after[place], now.objects > 0 else { continue }
      let old = before[place] ?? AllocationAmount()
      let isLarger =
        old.objects > 0
        && Double(now.bytes) / Double(now.objects) >= 1.33 * Double(old.bytes) / Double(old.objects)
        && Double(now.objects) <= 1.25 * Double(old.objects) + 1
      if isLarger || old.objects == 0 && now.objects <= 2 { regrown &+= gain.bytes }
    }
    return Double(regrown) * 2 > Double(total)
  }

  /// The part kept after the middle against the part kept before it, from three sums of bytes each.
  ///
  /// Less than 2 MiB allocated, four samples at the default rate, is noise.
  private static func lateOverEarly(
    made: (Double, Double, Double),
    kept: (Double, Double, Double)
  ) -> Double? {
    let noise = 2.0 * 1_048_576
    guard made.1 - made.0 > noise, made.2 - made.1 > noise, kept.1 > kept.0 else { return nil }
    let early = (kept.1 - kept.0) / (made.1 - made.0)
    return max(0, (kept.2 - kept.1) / (made.2 - made.1)) / early
  }
}
