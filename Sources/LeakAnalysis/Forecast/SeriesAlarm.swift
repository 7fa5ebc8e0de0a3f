/// A change in the course of a series, told when it could first be known.
package struct SeriesAlarm: Sendable, Equatable {
  /// What happened.
  package enum Kind: String, Sendable {
    /// A rise began that goes on.
    case growth
    /// The level moved and stays.
    case step
    /// The level fell to that of a fresh process.
    case restart
    /// A value beyond all that was seen; of quantities other than memory alone.
    case extreme
  }

  package let kind: Kind
  /// When the change happened, in the series' own seconds.
  package let change: Double
  /// The time of the sample that made it known.
  package let raised: Double
}
