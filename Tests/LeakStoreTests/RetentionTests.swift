import GRDB
import LeakModel
import Testing

@testable import LeakStore

struct RetentionTests {
  /// The moment before which a week's samples are old.
  private static let later = Instant(milliseconds: Instant.night(minute: 0).milliseconds + 8 * day)
  private static let day: Int64 = 24 * 3_600_000

  @Test func `samples older than a week become five-minute means`() async throws {
    let store = try Store.inMemory()
    try await store.append(ramp(minutes: 0..<10), service: "api", instance: "a")
    let result = try await store.prune(.standard, now: Self.later)
    #expect(result.rolledUp == 1)
    let series = try #require(try await store.snapshots(service: "api").first).series
    #expect(series.times == [0, 5].map { Instant.night(minute: $0).seconds })
    #expect(series.columns == [.vmRSS: [2, 7]])
  }

  @Test(arguments: [
    (RollupPart.count, [5.0, 5]), (.min, [0, 5]), (.mean, [2, 7]), (.max, [4, 9]),
  ])
  func `a step keeps count, extremes and mean`(part: RollupPart, values: [Double]) async throws {
    let store = try Store.inMemory()
    try await store.append(ramp(minutes: 0..<10), service: "api", instance: "a")
    _ = try await store.prune(.standard, now: Self.later)
    let rolled = try await store.rolledUp(part, by: .fiveMinutes, service: "api")
    #expect(rolled.map { $0.series.columns[.vmRSS] } == [values])
  }

  @Test func `samples of a week are left as they came`() async throws {
    let store = try Store.inMemory()
    let series = ramp(minutes: 0..<10)
    try await store.append(series, service: "api", instance: "a")
    let result = try await store.prune(.standard, now: .night(minute: 7 * 24 * 60))
    #expect(result.rolledUp == 0)
    #expect(try await store.snapshots(service: "api").map(\.series) == [series])
  }

  @Test func `five minutes become hours, and their counts weigh`() async throws {
    let store = try Store.inMemory()
    try await store.append(ramp(minutes: 0..<6), service: "api", instance: "a")
    let old = Instant(milliseconds: Self.later.milliseconds + 120 * Self.day)
    _ = try await store.prune(.standard, now: old)
    let means = try await store.rolledUp(.mean, by: .hour, service: "api")
    // (0 + 1 + … + 5) / 6 is 2.5, kept as a whole number of bytes.
    #expect(means.map { $0.series.columns[.vmRSS] } == [[3]])
    let fine = try await store.rolledUp(.mean, by: .fiveMinutes, service: "api")
    #expect(fine.isEmpty)
  }

  @Test func `hours are deleted in the end`() async throws {
    let store = try Store.inMemory()
    try await store.append(ramp(minutes: 0..<6), service: "api", instance: "a")
    let old = Instant(milliseconds: Self.later.milliseconds + 800 * Self.day)
    let result = try await store.prune(.standard, now: old)
    #expect(result.deleted == 1)
    #expect(try await store.snapshots(service: "api").isEmpty)
  }

  @Test func `a late report joins what was rolled up before it`() async throws {
    let store = try Store.inMemory()
    for minutes in [0..<3, 3..<5] {
      try await store.append(ramp(minutes: minutes), service: "api", instance: "a")
      _ = try await store.prune(.standard, now: Self.later)
    }
    let counts = try await store.rolledUp(.count, by: .fiveMinutes, service: "api")
    #expect(counts.map { $0.series.columns[.vmRSS] } == [[5]])
    let means = try await store.rolledUp(.mean, by: .fiveMinutes, service: "api")
    #expect(means.map { $0.series.columns[.vmRSS] } == [[2]])
  }

  @Test func `pruning twice changes nothing`() async throws {
    let store = try Store.inMemory()
    try await store.append(ramp(minutes: 0..<90), service: "api", instance: "a")
    _ = try await store.prune(.standard, now: Self.later)
    let before = try await store.snapshots(service: "api")
    #expect(try await store.prune(.standard, now: Self.later).rolledUp == 0)
    #expect(try await store.snapshots(service: "api") == before)
  }

  @Test func `a size that is passed takes the oldest snapshots and no incident`() async throws {
    try await StorePlace.disk.withStore { store in
      let incident = try await store.insert(.sample(), captures: [.sample()])
      var random = SplitMix(seed: 1)
      var series = SnapshotSeries()
      for minute in 0..<5_000 {
        let values = Metric.allCases.map { ($0, Double(random.next() >> 30)) }
        series.append(
          at: Instant.night(minute: minute).seconds,
          Dictionary(uniqueKeysWithValues: values)
        )
      }
      try await store.append(series, service: "api", instance: "a")
      let before = try await store.statistics().databaseBytes
      let policy = RetentionPolicy(days: 7, 90, 730, mostBytes: before / 2)
      let result = try await store.prune(policy, now: .night(minute: 5_000))
      #expect(result.bytes <= before / 2)
      #expect(try await store.statistics().databaseBytes <= before / 2)
      #expect(try await store.incident(incident.id) == incident)
      #expect(try await store.snapshots(service: "api").isEmpty == false)
    }
  }

  @Test func `a dry run counts what would go`() async throws {
    let store = try Store.inMemory()
    try await store.append(ramp(minutes: 0..<120), service: "api", instance: "a")
    #expect(try await store.outlived(.standard, now: Self.later) == 2)
    #expect(try await store.outlived(.standard, now: .night(minute: 300)) == 0)
  }

  /// What 3.1 of the promise asks of the packed form, with numbers as a busy service has them.
  @Test func `a day of samples every ten seconds takes less than a mebibyte`() async throws {
    let store = try Store.inMemory()
    let before = try await store.statistics().databaseBytes
    try await store.append(.busyDay, service: "api", instance: "a")
    let bytes = try await store.statistics().databaseBytes - before
    #expect(bytes < 1 << 20, "\(bytes) bytes")
    #expect(try await store.snapshots(service: "api").first?.series.count == 8_640)
  }

  /// A sample a minute whose number is the minute.
  private func ramp(minutes: Range<Int>) -> SnapshotSeries {
    var series = SnapshotSeries()
    for minute in minutes {
      series.append(at: Instant.night(minute: minute).seconds, [.vmRSS: Double(minute)])
    }
    return series
  }
}

extension SnapshotSeries {
  /// A day of samples every ten seconds with every metric there is, of a service that works: the
  /// heap saws, counters climb unevenly, what the system maps comes in pages.
  static var busyDay: SnapshotSeries {
    var random = SplitMix(seed: 11)
    var builder = SnapshotSeriesBuilder()
    var counters: [Metric: Double] = [:]
    for index in 0..<8_640 {
      // The clock of the sampler is some milliseconds off.
      let time =
        Instant.night(minute: 0).seconds + Double(index) * 10 + Double(random.next() % 7) / 1e3
      var values: [Metric: Double] = [:]
      for metric in Metric.allCases {
        switch metric {
        case .gcCPUFraction: values[metric] = Double(random.next() >> 40) / 1e9
        case .totalAlloc, .mallocs, .frees, .pauseTotalNs:
          counters[metric, default: 0] += Double(random.next() % 40_000_000)
          values[metric] = counters[metric]
        case .lastGC: values[metric] = (time * 1e9).rounded()
        case .numGC: values[metric] = Double(index * 3)
        case .alloc, .heapAlloc: values[metric] = Double(200_000_000 + random.next() % 200_000_000)
        case .heapObjects: values[metric] = Double(2_000_000 + random.next() % 2_000_000)
        case .nextGC: values[metric] = Double(400_000_000 + random.next() % 1_000_000)
        case .heapIdle, .heapInuse, .heapReleased, .stackInuse:
          values[metric] = Double((10_000 + random.next() % 4_000) * 8_192)
        case .vmRSS, .rssAnon, .cgroupUsage, .cgroupWorkingSet, .cgroupRSS:
          values[metric] = Double((100_000 + random.next() % 2_000) * 4_096)
        case .numGoroutine, .fds: values[metric] = Double(900 + random.next() % 200)
        default: values[metric] = Double(index / 500 * 65_536)
        }
      }
      builder.append(at: time, values)
    }
    return builder.build()
  }
}
