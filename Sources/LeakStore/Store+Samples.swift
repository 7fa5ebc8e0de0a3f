package import LeakModel

/// One snapshot of one process.
package struct SnapshotSample: Sendable, Equatable {
  /// The pod, host or address.
  package let instance: String
  package let at: Instant
  /// The numbers present.
  package let values: [Metric: Double]
}

/// A place in a service's snapshots; the text is opaque to callers.
package struct SampleCursor: Sendable, Equatable, CustomStringConvertible {
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
  fileprivate func isBefore(_ sample: SnapshotSample) -> Bool {
    (at, instance) < (sample.at.milliseconds, sample.instance)
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
  ///   - service: The service's name, as stored.
  ///   - instance: The process; nil for all.
  ///   - since: The earliest time.
  ///   - until: The time from which on snapshots are left out.
  ///   - cursor: Where the page begins; nil begins with the oldest.
  ///   - limit: How many a page holds at most.
  /// - Returns: The page, and whether more follow it.
  /// - Throws: `StoreError`.
  /// - Complexity: Linear in the page and the stretch it spans, of which at most as much again is read
  ///   in vain.
  package func samples(
    of service: String,
    instance: String? = nil,
    since: Instant? = nil,
    until: Instant? = nil,
    after cursor: SampleCursor? = nil,
    limit: Int
  ) async throws -> (items: [SnapshotSample], hasMore: Bool) {
    guard let known = try await self.service(named: service) else { return ([], false) }
    let end = min(until?.milliseconds ?? .max, known.lastSeen.milliseconds + 1)
    // What was rolled up stands at the beginning of its hour.
    let first = known.firstSeen.milliseconds - Self.firstWindow
    var begin = [since, cursor?.time].compactMap { $0?.milliseconds }.reduce(max(0, first), max)
    var width = Self.firstWindow
    var samples: [SnapshotSample] = []
    // A page is often a small part of the series: each look is twice as wide as the one before.
    while begin < end, samples.count <= limit {
      let next = min(end, begin + width)
      let processes = try await snapshots(
        service: service,
        since: Instant(milliseconds: begin),
        until: Instant(milliseconds: next)
      )
      samples += processes.filter { instance == nil || $0.instance == instance }
        .flatMap(\.samples)
        .filter { cursor?.isBefore($0) ?? true }
        .sorted { ($0.at, $0.instance) < ($1.at, $1.instance) }
      begin = next
      width *= 2
    }
    return (Array(samples.prefix(limit)), samples.count > limit)
  }
}

extension InstanceSeries {
  fileprivate var samples: [SnapshotSample] {
    series.times.indices.compactMap { index in
      Instant(seconds: series.times[index]).map { at in
        SnapshotSample(
          instance: instance,
          at: at,
          values: series.columns.compactMapValues { $0[index].isNaN ? nil : $0[index] }
        )
      }
    }
  }
}
