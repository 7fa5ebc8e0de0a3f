import LeakModel
import Testing

@testable import LeakStore

struct SnapshotTests {
  @Test(arguments: StorePlace.allCases)
  func `every metric is read back`(place: StorePlace) async throws {
    try await place.withStore { store in
      let values = Dictionary(
        uniqueKeysWithValues: Metric.allCases.enumerated().map { index, metric in
          (metric, metric == .gcCPUFraction ? 0.0125 : Double(index) * 1_048_577)
        }
      )
      let series = series([(0, values)])
      try await store.append(series, service: "api", instance: "api-7")
      let stored = try await store.snapshots(service: "api")
      #expect(stored == [InstanceSeries(instance: "api-7", series: series)])
    }
  }

  @Test func `a gap stays one`() async throws {
    let store = try Store.inMemory()
    let series = series([(0, [.vmRSS: 1]), (1, [.heapAlloc: 2]), (2, [.vmRSS: 3, .heapAlloc: 4])])
    try await store.append(series, service: "api", instance: "a")
    let stored = try #require(try await store.snapshots(service: "api").first).series
    #expect(stored.samples(of: .vmRSS) == series.samples(of: .vmRSS))
    #expect(stored.samples(of: .heapAlloc) == series.samples(of: .heapAlloc))
  }

  @Test func `a repeated upload changes nothing`() async throws {
    let store = try Store.inMemory()
    let series = series([(0, [.vmRSS: 1]), (1, [.vmRSS: 2])])
    for _ in 0..<2 { try await store.append(series, service: "api", instance: "a") }
    let stored = try await store.snapshots(service: "api")
    #expect(stored == [InstanceSeries(instance: "a", series: series)])
  }

  @Test func `a second report fills the gaps and replaces the numbers`() async throws {
    let store = try Store.inMemory()
    try await store.append(
      series([(0, [.vmRSS: 1, .threads: 8])]),
      service: "api",
      instance: "a"
    )
    try await store.append(
      series([(0, [.vmRSS: 2, .heapAlloc: 3])]),
      service: "api",
      instance: "a"
    )
    let stored = try await store.snapshots(service: "api")
    let whole = series([(0, [.vmRSS: 2, .heapAlloc: 3, .threads: 8])])
    #expect(stored == [InstanceSeries(instance: "a", series: whole)])
  }

  @Test func `a report that begins before the last one is put where it belongs`() async throws {
    let store = try Store.inMemory()
    for minutes in [[0, 2, 61], [1, 2, 3]] {
      try await store.append(
        series(minutes.map { ($0, [.vmRSS: Double($0)]) }),
        service: "api",
        instance: "a"
      )
    }
    let whole = series([0, 1, 2, 3, 61].map { ($0, [.vmRSS: Double($0)]) })
    #expect(try await store.snapshots(service: "api").map(\.series) == [whole])
  }

  @Test func `each process has its own series, in the order of the names`() async throws {
    let store = try Store.inMemory()
    for instance in ["b", "a"] {
      try await store.append(series([(0, [.vmRSS: 1])]), service: "api", instance: instance)
    }
    try await store.append(series([(0, [.vmRSS: 9])]), service: "cart", instance: "c")
    #expect(try await store.snapshots(service: "api").map(\.instance) == ["a", "b"])
  }

  @Test func `a stretch of time has its beginning and not its end`() async throws {
    let store = try Store.inMemory()
    let series = series((0..<5).map { ($0, [.vmRSS: Double($0)]) })
    try await store.append(series, service: "api", instance: "a")
    let stored = try await store.snapshots(
      service: "api",
      since: .night(minute: 1),
      until: .night(minute: 3)
    )
    #expect(stored.map { $0.series.columns[.vmRSS] } == [[1, 2]])
  }

  @Test func `a service becomes known with its snapshots`() async throws {
    let store = try Store.inMemory()
    try await store.append(
      series([(0, [.vmRSS: 1]), (9, [.vmRSS: 1])]),
      service: "api",
      instance: "a"
    )
    let service = try #require(try await store.service(named: "api"))
    #expect(service.firstSeen == .night(minute: 0))
    #expect(service.lastSeen == .night(minute: 9))
  }

  @Test func `an empty series leaves nothing behind`() async throws {
    let store = try Store.inMemory()
    try await store.append(SnapshotSeries(), service: "api", instance: "a")
    #expect(try await store.services().isEmpty)
  }

  @Test(arguments: [-1, .infinity, 253_402_300_800])
  func `a time outside the calendar is refused and nothing kept`(time: Double) async throws {
    let store = try Store.inMemory()
    var series = SnapshotSeries()
    series.append(at: 0, [.vmRSS: 1])
    series.append(at: time, [.vmRSS: 1])
    await #expect(throws: StoreError.self) {
      try await store.append(series, service: "api", instance: "a")
    }
    #expect(try await store.snapshots(service: "api").isEmpty)
  }

  @Test(arguments: [
    (1e300, 9_223_372_036_854_775_807.0), (2.4, 2), (-1e300, -9.223372036854775808e18),
  ])
  func `a number is kept as the nearest whole one`(value: Double, kept: Double) async throws {
    let store = try Store.inMemory()
    try await store.append(series([(0, [.vmRSS: value])]), service: "api", instance: "a")
    #expect(try await store.snapshots(service: "api").first?.series.last(.vmRSS) == kept)
  }

  /// A series of the night; times are minutes.
  private func series(_ samples: [(minute: Int, values: [Metric: Double])]) -> SnapshotSeries {
    var series = SnapshotSeries()
    for sample in samples {
      series.append(at: Instant.night(minute: sample.minute).seconds, sample.values)
    }
    return series
  }
}
