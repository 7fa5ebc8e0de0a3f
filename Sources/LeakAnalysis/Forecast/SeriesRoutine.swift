/// What a series does again and again and so is no news: levels that memory leaves and regains, and falls
/// that come in cycles.
struct SeriesRoutine: Sendable {
  private var ground = FamiliarGround()
  /// Indices of the restarts told, the newest three.
  private var restarts: [Int] = []
  /// When memory left the level that the newest sample has regained, on the sampling grid; mostly nil.
  private(set) var regained: Double?

  /// Takes the newest sample's level of a few minutes; nil while these have not passed.
  mutating func note(_ level: Double?) {
    regained = level.flatMap { ground.note($0) }
  }

  /// Whether a change leads to where memory has not been before; remembers it if so.
  ///
  /// Falls that come three times in half a day are a cycle: a collector's, or a crash loop told already.
  ///
  /// - Parameters:
  ///   - finding: The change.
  ///   - index: Of the sample that shows it, on the sampling grid.
  ///   - interval: Seconds between samples.
  ///   - known: Levels that are no news, for quantities other than memory; nil for memory.
  ///   - floor: The lowest of the last hours where collections make a heap fall; nil for other series.
  /// - Returns: False for what is known.
  mutating func isNews(
    _ finding: ChangeDetector.Finding,
    at index: Int,
    interval: Double,
    known: ClosedRange<Double>?,
    floor: Double?
  ) -> Bool {
    if let known { return !known.contains(finding.after) }
    if finding.kind == .restart {
      // A collection leaves the live heap, a fresh process far less.
      if let floor, finding.after > floor / 2 { return false }
      let isCycle = restarts.count == 3 && Double(index - restarts[0]) * interval < 12 * 3600
      if isCycle { return false }
      restarts = restarts.suffix(2) + [index]
      ground.forgetHome()
      return true
    }
    guard !ground.holds(from: finding.before, to: finding.after) else { return false }
    regained = ground.note(finding.after) ?? regained
    ground.leave(finding.before, at: finding.change)
    return true
  }
}
