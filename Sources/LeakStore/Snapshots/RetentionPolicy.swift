/// How long snapshots are kept, and how finely.
///
/// Incidents and their evidence are what the casebook is for: no policy takes them away.
package struct RetentionPolicy: Sendable, Equatable {
  /// The age in milliseconds at which samples are rolled up to five minutes.
  package var raw: Int64
  /// The age in milliseconds at which five minutes are rolled up to hours.
  package var fiveMinutes: Int64
  /// The age in milliseconds at which hours are deleted.
  package var hours: Int64
  /// The bytes that the database may use; nil when as many as there are.
  ///
  /// When it uses more, the oldest snapshots are rolled up, and at last deleted, before their time.
  package var mostBytes: Int64?

  private static let day: Int64 = 24 * 3_600_000

  /// A week as it came, three months of five minutes, two years of hours.
  ///
  /// On-call weeks end, and incidents are looked at within one; release cycles take up to three
  /// months; two years hold last year's peak season and the one before.
  package static let standard = RetentionPolicy(days: 7, 90, 730)

  package init(days raw: Int, _ fiveMinutes: Int, _ hours: Int, mostBytes: Int64? = nil) {
    self.raw = Int64(raw) * Self.day
    self.fiveMinutes = Int64(fiveMinutes) * Self.day
    self.hours = Int64(hours) * Self.day
    self.mostBytes = mostBytes
  }

  /// The age at which snapshots of a step go.
  func age(of step: SnapshotStep) -> Int64 {
    switch step {
    case .raw: raw
    case .fiveMinutes: fiveMinutes
    case .hour: hours
    }
  }
}

/// What a round of pruning did.
package struct PruneResult: Sendable, Equatable {
  /// Blocks of samples that were rolled up.
  package var rolledUp = 0
  /// Blocks that were deleted.
  package var deleted = 0
  /// Remembered answers to repeated requests that were forgotten.
  package var forgotten = 0
  /// The bytes that the database uses after it.
  package var bytes: Int64 = 0
}
