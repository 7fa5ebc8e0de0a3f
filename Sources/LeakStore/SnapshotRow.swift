import GRDB
import LeakModel

/// One sample of one process as table `snapshot` holds it, with a column for each metric.
struct SnapshotRow: FetchableRecord, PersistableRecord {
  static let databaseTableName = "snapshot"

  let service: String
  let instance: String
  /// Milliseconds since 1970.
  let at: Int64
  /// The numbers present, all finite.
  private(set) var values: [Metric: Double]

  init(service: String, instance: String, at: Int64, values: [Metric: Double]) {
    self.service = service
    self.instance = instance
    self.at = at
    self.values = values.filter { $0.value.isFinite }
  }

  init(row: Row) throws {
    self.service = try row.decode(forColumn: "service")
    self.instance = try row.decode(forColumn: "instance")
    self.at = try row.decode(forColumn: "at")
    self.values = [:]
    for metric in Metric.allCases {
      values[metric] = try row.decode(Double?.self, forColumn: metric.column)
    }
  }

  func encode(to container: inout PersistenceContainer) {
    container["service"] = service
    container["instance"] = instance
    container["at"] = at
    for metric in Metric.allCases {
      let value = values[metric]
      container[metric.column] =
        metric.isWhole ? value.map(Int64.init(nearest:))?.databaseValue : value?.databaseValue
    }
  }

  /// Fetches what is known of the same process at the same time.
  ///
  /// Uses the primary key.
  func stored(in db: Database) throws -> SnapshotRow? {
    try SQLRequest<SnapshotRow>(
      """
      SELECT *
      FROM snapshot
      WHERE service = \(service)
        AND instance = \(instance)
        AND at = \(at)
      """
    ).fetchOne(db)
  }

  /// The same sample with its gaps filled from an earlier report.
  func completed(by earlier: SnapshotRow) -> SnapshotRow {
    SnapshotRow(
      service: service,
      instance: instance,
      at: at,
      values: values.merging(earlier.values) { mine, _ in mine }
    )
  }
}

extension Metric {
  /// The column of table `snapshot` that holds the metric: the case's name.
  var column: String { String(describing: self) }

  /// Whether the metric counts bytes, objects or nanoseconds, and so is stored as an integer.
  fileprivate var isWhole: Bool { self != .gcCPUFraction }
}

extension Int64 {
  /// The whole number next to a finite one, at the ends of the range for what lies beyond.
  fileprivate init(nearest value: Double) {
    self = Int64(exactly: value.rounded()) ?? (value < 0 ? .min : .max)
  }
}
