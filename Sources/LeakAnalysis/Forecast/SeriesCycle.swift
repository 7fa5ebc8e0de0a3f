/// What the clock does to memory: nothing, the day's traffic, or the week's beside it.
enum SeriesCycle: Sendable, CaseIterable {
  case none, day, week

  /// Columns of a fit: sine and cosine of the day and of its half; of the week, its half and third.
  var columnCount: Int {
    switch self {
    case .none: 0
    case .day: 4
    case .week: 10
    }
  }

  /// The chance of the cycle before anything is seen.
  ///
  /// A week that was not seen to come again is none: three harmonics bend to any course of a few days.
  func prior(knowsWeek: Bool) -> Double {
    switch self {
    case .none: 0.65
    case .day: knowsWeek ? 0.25 : 0.35
    case .week: knowsWeek ? 0.1 : 0
    }
  }

  /// Seconds of samples after which a part of a second week can tell of the first.
  static let weekKnown = 8 * 86_400.0

  /// How far each column moves memory, as a share of the scale: a day's traffic by a tenth of what there
  /// is, a weekend by somewhat less; higher harmonics by half of that.
  static let shares = [0.06, 0.06, 0.03, 0.03, 0.04, 0.04, 0.03, 0.03, 0.02, 0.02]

  /// Bytes that shares of a cycle count from: the scale, but no more than three times what is used.
  ///
  /// Traffic moves what it uses: a service at a third of its limit may swing by half of that, one at a
  /// twentieth does not swing by as many bytes.
  static func reach(scale: Double, use: Double) -> Double { min(scale, 3 * use) }

  /// The columns at a time.
  func columns(at time: Double) -> [Double] {
    switch self {
    case .none: []
    case .day: Self.harmonics(time / 86_400, 2)
    case .week: Self.harmonics(time / 86_400, 2) + Self.harmonics(time / 604_800, 3)
    }
  }

  private static func harmonics(_ turns: Double, _ count: Int) -> [Double] {
    (1...count).flatMap { order in
      let angle = 2 * Double.pi * turns * Double(order)
      return [Portable.sin(angle), Portable.cos(angle)]
    }
  }
}
