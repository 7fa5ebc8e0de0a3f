package import LeakModel

/// One snapshot of one process.
package struct SnapshotSample: Sendable, Hashable {
  /// The pod, host or address.
  package let instance: String
  package let at: Instant
  /// The numbers present.
  package let values: [Metric: Double]
}

/// Which snapshots of a service are asked for.
package struct SampleRange: Sendable, Hashable {
  /// The service's name, as stored.
  package let service: String
  /// The process; nil for all.
  package let instance: String?
  /// The earliest time.
  package let since: Instant?
  /// The time from which on snapshots are left out.
  package let until: Instant?

  package init(
    service: String,
    instance: String? = nil,
    since: Instant? = nil,
    until: Instant? = nil
  ) {
    self.service = service
    self.instance = instance
    self.since = since
    self.until = until
  }
}

/// A place in a service's snapshots; the text is opaque to callers.
package struct SampleCursor: Sendable, Hashable, CustomStringConvertible {
  private let at: Int64
  private let instance: String

  /// The place behind a sample.
  package init(after sample: SnapshotSample) {
    self.at = sample.at.milliseconds
    self.instance = sample.instance
  }

  /// Reads a cursor as `description` wrote it; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard fields.count == 2, let at = Int64(digits: fields[0]), fields[1].utf8.count % 2 == 0,
      fields[1].allSatisfy({ $0.isHexDigit && !$0.isUppercase })
    else { return nil }
    let digits = Array(fields[1])
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(digits[index...(index + 1)]), radix: 16) else { return nil }
      bytes.append(byte)
    }
    guard let instance = String(validating: bytes, as: UTF8.self) else { return nil }
    self.at = at
    self.instance = instance
  }

  /// The cursor as text that needs no escaping in a URL: the name of an instance may be any.
  package var description: String {
    let name = instance.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return "\(String(at, radix: 36))-\(name)"
  }

  /// The earliest time of what comes behind this place.
  fileprivate var time: Instant { Instant(milliseconds: at) }

  /// Whether a snapshot comes behind this place.
  fileprivate func isBefore(_ time: Int64, _ instance: String) -> Bool {
    (at, self.instance) < (time, instance)
  }
}

extension Store {
  /// An hour in milliseconds: what a block of raw samples holds.
  private static let firstWindow: Int64 = 3_600_000

  /// The snapshots of a service in the order of time, one page of them.
  ///
  /// What was rolled up is one sample a step, with the means.
  ///
  /// - Parameters:
  ///   - range: The snapshots to choose from.
  ///   - cursor: Where the page begins; nil begins with the oldest.
  ///   - last: The place that the page does not go beyond; nil for none.
  ///   - limit: How many a page holds at most.
  /// - Returns: The page, and whether more follow it before the last place.
  /// - Throws: `StoreError`.
  /// - Complexity: Linear in the page and the stretch it spans, of which at most as much again is read
  ///   in vain.
  package func samples(
    _ range: SampleRange,
    after cursor: SampleCursor? = nil,
    through last: SampleCursor? = nil,
    limit: Int
  ) async throws -> (items: [SnapshotSample], hasMore: Bool) {
    guard let known = try await service(named: range.service) else { return ([], false) }
    let ends = [range.until?.milliseconds, last.map { $0.time.milliseconds + 1 }]
    let end = ends.compactMap { $0 }.reduce(known.lastSeen.milliseconds + 1, min)
    // What was rolled up stands at the beginning of its hour.
    let first = known.firstSeen.milliseconds - Self.firstWindow
    var begin = [range.since, cursor?.time].compactMap { $0?.milliseconds }
      .reduce(max(0, first), max)
    var width = Self.firstWindow
    var samples: [SnapshotSample] = []
    // A page is often a small part of the series: each look is twice as wide as the one before.
    while begin < end, samples.count <= limit {
      let next = min(end, begin + width)
      let processes = try await snapshots(
        service: range.service,
        since: Instant(milliseconds: begin),
        until: Instant(milliseconds: next)
      )
      samples += processes.filter { range.instance == nil || $0.instance == range.instance }
        .samples(limit + 1 - samples.count) { time, instance in
          cursor?.isBefore(time, instance) != false && last?.isBefore(time, instance) != true
        }
      begin = next
      width *= 2
    }
    return (Array(samples.prefix(limit)), samples.count > limit)
  }
}

extension [InstanceSeries] {
  /// The first samples, by time and name, of those that a condition lets through.
  ///
  /// A row becomes a sample only when it is chosen: an hour may hold many times a page.
  fileprivate func samples(
    _ count: Int,
    where isWanted: (_ time: Int64, _ instance: String) -> Bool
  ) -> [SnapshotSample] {
    var rows: [(at: Instant, series: Int, row: Int)] = []
    for (index, process) in enumerated() {
      for (row, time) in process.series.times.enumerated() {
        guard let at = Instant(seconds: time), isWanted(at.milliseconds, process.instance) else {
          continue
        }
        rows.append((at, index, row))
      }
    }
    // The processes come in the order of their names.
    return rows.sorted { ($0.at, $0.series) < ($1.at, $1.series) }
      .prefix(count)
      .map { at, index, row in
        SnapshotSample(
          instance: self[index].instance,
          at: at,
          values: self[index].series.columns.compactMapValues { values in
            values[row].isNaN ? nil : values[row]
          }
        )
      }
  }
}
