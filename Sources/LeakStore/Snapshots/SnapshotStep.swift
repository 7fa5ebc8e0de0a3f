/// How finely snapshots are kept.
package enum SnapshotStep: Int64, Sendable, CaseIterable {
  /// Each sample as it came.
  case raw = 0
  case fiveMinutes = 300_000
  case hour = 3_600_000

  /// How much time one block covers, in milliseconds.
  ///
  /// An hour of samples every ten seconds, a day of five minutes and a month of hours have a few
  /// hundred samples each: enough to pack well, little enough to write anew with each report.
  var span: Int64 {
    switch self {
    case .raw: 3_600_000
    case .fiveMinutes: 24 * 3_600_000
    case .hour: 30 * 24 * 3_600_000
    }
  }

  /// The beginning of the block that a time falls into.
  func start(of time: Int64) -> Int64 { time - time % span }

  /// What samples are rolled up to next; nil for the coarsest.
  var coarser: SnapshotStep? {
    switch self {
    case .raw: .fiveMinutes
    case .fiveMinutes: .hour
    case .hour: nil
    }
  }
}
