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
  ///   - series: The snapshots; times are seconds since 1970. Numbers are kept as the nearest
  ///     whole ones, fractions of processor time as they are.
  ///   - service: The service's name; one not seen before becomes known with it.
  ///   - instance: The pod, host or address.
  /// - Throws: `StoreError.refused` for a time outside the years 1970 to 9999.
  /// - Complexity: Linear; each hour that the series touches is written anew.
  package func append(
    _ series: SnapshotSeries,
    service: String,
    instance: String
  ) async throws {
    try await append([(service: service, of: InstanceSeries(instance: instance, series: series))])
  }

  /// Keeps the snapshots of several processes as the above does, all in one transaction.
  package func append(_ reports: [(service: String, of: InstanceSeries)]) async throws {
    let reports = try reports.map { report in
      (report.service, report.of.instance, try Self.columns(of: report.of.series))
    }
    try await write { db in
      for (service, instance, columns) in reports {
        try Self.append(columns, service: service, instance: instance, db)
      }
    }
  }

  private typealias TimedColumns = (times: [Int64], columns: [String: [Double]])

  private static func columns(of series: SnapshotSeries) throws -> TimedColumns {
    let times = try series.times.map { time in
      guard let at = Instant(seconds: time) else {
        throw StoreError.refused(detail: "a snapshot's time must lie in the years 1970 to 9999")
      }
      return at.milliseconds
    }
    let columns = Dictionary(
      uniqueKeysWithValues: series.columns.map { ($0.rawValue, $1.map { $0.isFinite ? $0 : .nan }) }
    )
    return (times, columns)
  }

  private static func append(
    _ timed: TimedColumns,
    service: String,
    instance: String,
    _ db: Database
  ) throws {
    let (times, columns) = timed
    guard let first = times.first, let last = times.last else { return }
    try see(service: service, at: Instant(milliseconds: first), db)
    try see(service: service, at: Instant(milliseconds: last), db)
    var begin = 0
    while begin < times.count {
      let key = SnapshotBlock.Key(
        service: service,
        instance: instance,
        step: .raw,
        time: times[begin]
      )
      let next = key.start + key.step.span
      let end = times[begin...].firstIndex { $0 >= next } ?? times.count
      var block = try SnapshotBlock.find(key, in: db)
      block.table.merge(times[begin..<end], columns.mapValues { $0[begin..<end] })
      try block.save(in: db)
      begin = end
    }
  }

  /// The snapshots of a service, one series a process, in the order of their names.
  ///
  /// Where the samples were rolled up, each step is one sample at its beginning with the means.
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
    let range = Self.range(since, until)
    return try await read { db in
      var tables: [String: SnapshotTable] = [:]
      for step in SnapshotStep.allCases.reversed() {
        for row in try Self.blocks(of: service, step, range, db) {
          let table = try row.table()
          tables[row.instance, default: SnapshotTable()]
            .merge(step == .raw ? table : table.part(.mean))
        }
      }
      return Self.series(of: tables, in: range)
    }
  }

  /// One part of what was rolled up by a step: the means, or the extremes that these hide.
  ///
  /// - Parameters:
  ///   - part: Which of the numbers of each step.
  ///   - step: `fiveMinutes` or `hour`; of raw samples there is nothing rolled up.
  ///   - service: The service's name.
  ///   - since: The earliest time; nil begins with the first step.
  ///   - until: The time from which on steps are left out; nil ends with the last.
  /// - Returns: One series a process, in the order of their names; a step stands at its beginning.
  /// - Throws: `StoreError`.
  package func rolledUp(
    _ part: RollupPart,
    by step: SnapshotStep,
    service: String,
    since: Instant? = nil,
    until: Instant? = nil
  ) async throws -> [InstanceSeries] {
    let range = Self.range(since, until)
    return try await read { db in
      var tables: [String: SnapshotTable] = [:]
      for row in try Self.blocks(of: service, step, range, db) {
        tables[row.instance, default: SnapshotTable()].merge(try row.table().part(part))
      }
      return Self.series(of: tables, in: range)
    }
  }

  private static func range(_ since: Instant?, _ until: Instant?) -> Range<Int64> {
    let first = since?.milliseconds ?? 0
    return first..<max(first, until?.milliseconds ?? .max)
  }

  /// The blocks of a service and a step that a stretch of time touches, in the order of time.
  ///
  /// Uses the unique index of the table.
  private static func blocks(
    of service: String,
    _ step: SnapshotStep,
    _ range: Range<Int64>,
    _ db: Database
  ) throws -> [SnapshotBlockRow] {
    try SQLRequest<SnapshotBlockRow>(
      """
      SELECT id, service, instance, start, columns
      FROM snapshotBlock
      WHERE service = \(service)
        AND step = \(step.rawValue)
        AND start > \(range.lowerBound - step.span)
        AND start < \(range.upperBound)
      ORDER BY start
      """
    ).fetchAll(db)
  }

  private static func series(
    of tables: [String: SnapshotTable],
    in range: Range<Int64>
  ) -> [InstanceSeries] {
    tables.sorted { $0.key < $1.key }.compactMap { instance, table in
      let series = table.series(in: range)
      return series.isEmpty ? nil : InstanceSeries(instance: instance, series: series)
    }
  }
}

extension SnapshotTable {
  fileprivate mutating func merge(_ other: SnapshotTable) {
    merge(other.times[...], other.columns.mapValues { $0[...] })
  }

  /// The samples of a stretch of time; columns that no metric is named for are left out.
  fileprivate func series(in range: Range<Int64>) -> SnapshotSeries {
    let first = times.firstIndex { $0 >= range.lowerBound } ?? times.count
    let end = times[first...].firstIndex { $0 >= range.upperBound } ?? times.count
    var columns: [Metric: [Double]] = [:]
    for (name, values) in self.columns {
      if let metric = Metric(rawValue: name) { columns[metric] = Array(values[first..<end]) }
    }
    return SnapshotSeries(
      times: times[first..<end].map { Instant(milliseconds: $0).seconds },
      columns: columns.filter { !$0.value.allSatisfy(\.isNaN) }
    )
  }
}
