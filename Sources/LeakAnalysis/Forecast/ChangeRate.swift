/// How often deploys move the level of a series: a gamma distribution of the rate.
///
/// Services differ: some are deployed daily, others for months not at all. Before anything is seen, 0.3
/// changes in four days; each change and each day seen counts beside that.
struct ChangeRate: Sendable {
  private let changes: Double
  private let days: Double

  /// - Parameters:
  ///   - seen: Changes told.
  ///   - days: Days watched.
  init(seen: Int, days: Double) {
    changes = 0.3 + Double(seen)
    self.days = 4 + days
  }

  /// The chance of a change within some days: of a Poisson process, its rate integrated out.
  func chance(within ahead: Double) -> Double {
    1 - Portable.exp(-changes * Portable.log(1 + ahead / days))
  }
}
