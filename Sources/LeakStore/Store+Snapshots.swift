import GRDB
package import LeakModel

/// What one process of a service reported.
package struct InstanceSeries: Sendable, Equatable {
  /// The pod, host or address.
  package let instance: String
  package let series: SnapshotSeries

  package init(instance: String, series: SnapshotSeries) {
    self.instance = instance
    self.series = series
  }
}

extension Store {
  /// Keeps the snapshots of one process, all in one transaction.
  ///
  /// A second report for the same millisecond fills the gaps of the first and replaces its
  /// numbers, so that a repeated upload changes nothing.
  ///
  /// - Parameters:
  ///   - series: The snapshots; times are seconds since 1970.
  ///   - service: The service's name; one not seen before becomes known with it.
  ///   - instance: The pod, host or address.
  /// - Throws: `StoreError.refused` for a time outside the years 1970 to 9999.
  package func append(
    _ series: SnapshotSeries,
    service: String,
    instance: String
  ) async throws {
    try await append([(service: service, of: InstanceSeries(instance: instance, series: series))])
  }

  /// Keeps the snapshots of several processes as the above does, all in one transaction.
  package func append(_ reports: [(service: String, of: InstanceSeries)]) async throws {
    let rows = try reports.flatMap { report in
      try Self.rows(of: report.of.series, report.service, report.of.instance)
    }
    let seen = Dictionary(grouping: rows, by: \.service).mapValues { $0.map(\.at) }
    try await write { db in
      for (service, times) in seen {
        for time in [times.min(), times.max()].compactMap({ $0 }) {
          try Self.see(service: service, at: Instant(milliseconds: time), db)
        }
      }
      for row in rows {
        if let stored = try row.stored(in: db) {
          try row.completed(by: stored).update(db)
        } else {
          try row.insert(db)
        }
      }
    }
  }

  private static func rows(
    of series: SnapshotSeries,
    _ service: String,
    _ instance: String
  ) throws -> [SnapshotRow] {
    try series.times.indices.map { index in
      guard let at = Instant(seconds: series.times[index]) else {
        throw StoreError.refused(detail: "a snapshot's time must lie in the years 1970 to 9999")
      }
      return SnapshotRow(
        service: service,
        instance: instance,
        at: at.milliseconds,
        values: series.columns.mapValues { $0[index] }
      )
    }
  }

  /// The snapshots of a service, one series a process, in the order of their names.
  ///
  /// Uses index `snapshotByServiceAndTime`.
  ///
  /// - Parameters:
  ///   - service: The service's name.
  ///   - since: The earliest time; nil begins with the first snapshot.
  ///   - until: The time from which on snapshots are left out; nil ends with the last.
  /// - Returns: The series; empty when there are no snapshots.
  /// - Throws: `StoreError`.
  package func snapshots(
    service: String,
    since: Instant? = nil,
    until: Instant? = nil
  ) async throws -> [InstanceSeries] {
    let (first, end) = (since?.milliseconds ?? 0, until?.milliseconds ?? .max)
    return try await read { db in
      let rows = try SQLRequest<SnapshotRow>(
        """
        SELECT *
        FROM snapshot
        WHERE service = \(service)
          AND at >= \(first)
          AND at < \(end)
        ORDER BY at
        """
      ).fetchCursor(db)
      var series: [String: SnapshotSeries] = [:]
      while let row = try rows.next() {
        series[row.instance, default: SnapshotSeries()]
          .append(at: Instant(milliseconds: row.at).seconds, row.values)
      }
      return series.sorted { $0.key < $1.key }
        .map { InstanceSeries(instance: $0.key, series: $0.value) }
    }
  }
}
