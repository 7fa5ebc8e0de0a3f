/// Levels to which memory went and from which it came back: going there again is no news.
///
/// A batch job, office hours or a weekend move memory away and back. The first time that is a change
/// like any other; once it has come back, moves within the same bounds are the series' own.
struct FamiliarGround: Sendable {
  /// Bounds of what was left and regained.
  private(set) var bounds: ClosedRange<Double>?
  /// The level before the change told last, until it is regained, and the furthest one since.
  private var home: Double?
  private var furthest = 0.0
  /// When it was left, on the sampling grid.
  private var departure = 0.0

  /// Share of a way that counts as noise: a way back is complete, and bounds are kept, to within it.
  private static let slack = 0.25

  /// Takes the level that a change has left, and when.
  mutating func leave(_ level: Double, at index: Double) {
    home = level
    furthest = level
    departure = index
  }

  /// Forgets what was left: a fresh process does not come back.
  mutating func forgetHome() { home = nil }

  /// Takes the level of a few minutes.
  ///
  /// - Returns: When memory left the level that it has now regained; nil if it has not.
  mutating func note(_ level: Double) -> Double? {
    guard let home else { return nil }
    if (level - home).magnitude > (furthest - home).magnitude { furthest = level }
    guard (level - home).magnitude < Self.slack * (furthest - home).magnitude else {
      return nil
    }
    let low = min(home, furthest)
    let high = max(home, furthest)
    bounds = bounds.map { min($0.lowerBound, low)...max($0.upperBound, high) } ?? low...high
    self.home = nil
    return departure
  }

  /// Whether a move stays within the bounds.
  func holds(from before: Double, to now: Double) -> Bool {
    guard let bounds else { return false }
    let slack = Self.slack * (bounds.upperBound - bounds.lowerBound)
    let wide = bounds.lowerBound - slack...bounds.upperBound + slack
    return wide.contains(before) && wide.contains(now)
  }
}
