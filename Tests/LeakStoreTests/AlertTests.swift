import LeakModel
import Testing

@testable import LeakStore

extension AlertReport {
  /// A report of alerts that began at a minute of the night, all firing or all ended.
  static func sample(
    _ key: String = "group",
    fingerprints: [String] = ["f1"],
    startsAt minute: Int = 0,
    isFiring: Bool = true
  ) -> AlertReport {
    AlertReport(
      key: key,
      alerts: fingerprints.map {
        Alert(
          fingerprint: $0,
          startsAt: .night(minute: minute),
          isFiring: isFiring,
          summary: "\($0) fires"
        )
      },
      incident: .sample("heap grows", service: "cart", minute: minute)
    )
  }
}

struct AlertTests {
  private static let one = IncidentID(number: 1)
  private static let two = IncidentID(number: 2)

  private func take(
    _ report: AlertReport,
    _ store: Store,
    minute: Int = 1
  ) async throws
    -> AlertOutcome?
  {
    try await store.take([report], at: .night(minute: minute)).first
  }

  @Test(arguments: StorePlace.allCases)
  func `an alert opens an incident, and its repeats change nothing`(place: StorePlace) async throws
  {
    try await place.withStore { store in
      #expect(try await take(.sample(), store) == .opened(Self.one))
      let events = try await store.timeline(of: Self.one).count
      for minute in 2..<10 {
        #expect(try await take(.sample(), store, minute: minute) == .unchanged)
      }
      #expect(try await store.timeline(of: Self.one).count == events)
      #expect(try await store.incidents().items.count == 1)
    }
  }

  @Test func `further alerts of the group join its incident`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(), store)
    #expect(try await take(.sample(fingerprints: ["f2", "f3"]), store) == .joined(Self.one))
  }

  @Test(arguments: [(Severity.p0, Severity.p0), (.p3, .p1)])
  func `further alerts make an incident more urgent and never less`(
    severity: Severity,
    after: Severity
  ) async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(), store)
    let first = AlertReport.sample(fingerprints: ["f2"])
    var incident = first.incident
    incident.severity = severity
    let second = AlertReport(key: first.key, alerts: first.alerts, incident: incident)
    #expect(try await take(second, store) == .joined(Self.one))
    #expect(try await store.incident(Self.one).severity == after)
  }

  @Test func `another group is another incident`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample("a"), store)
    #expect(try await take(.sample("b", fingerprints: ["f2"]), store) == .opened(Self.two))
  }

  @Test func `the end of the last alert mitigates and does not resolve`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(fingerprints: ["f1", "f2"]), store)
    #expect(try await take(.sample(fingerprints: ["f1"], isFiring: false), store) == .unchanged)
    #expect(try await store.incident(Self.one).status == .open)
    #expect(
      try await take(.sample(fingerprints: ["f2"], isFiring: false), store)
        == .mitigated(Self.one)
    )
    #expect(try await store.incident(Self.one).status == .mitigated)
    #expect(try await store.incident(Self.one).cause == nil)
  }

  @Test func `an alert that nobody knew to fire ends without a trace`() async throws {
    let store = try Store.inMemory()
    #expect(try await take(.sample(isFiring: false), store) == .unchanged)
    #expect(try await store.incidents().items.isEmpty)
  }

  @Test func `an alert that fires again reopens what was mitigated`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(), store)
    _ = try await take(.sample(isFiring: false), store)
    #expect(try await take(.sample(startsAt: 5), store, minute: 6) == .reopened(Self.one))
    #expect(try await store.incident(Self.one).status == .reopened)
  }

  @Test func `after a resolution it is another incident that names the first`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(), store)
    _ = try await take(.sample(isFiring: false), store)
    let event = TimelineEvent(at: .night(minute: 2), author: "mia", kind: .resolved)
    try await store.update(Self.one, event: event) { $0.status = .resolved }
    #expect(try await take(.sample(startsAt: 5), store, minute: 6) == .opened(Self.two))
    #expect(try await store.incident(Self.two).labels["recurs-after"] == "INC-1")
  }

  @Test func `an incident that a person closed while its alert fires stays closed`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(), store)
    let event = TimelineEvent(at: .night(minute: 2), author: "mia", kind: .resolved)
    try await store.update(Self.one, event: event) { $0.status = .resolved }
    #expect(try await take(.sample(), store, minute: 3) == .unchanged)
    #expect(try await take(.sample(isFiring: false), store, minute: 4) == .unchanged)
    #expect(try await store.incident(Self.one).status == .resolved)
  }

  @Test func `a later start ends the earlier one that nobody ended`() async throws {
    let store = try Store.inMemory()
    _ = try await take(.sample(startsAt: 0), store)
    _ = try await take(.sample(startsAt: 5), store, minute: 6)
    #expect(
      try await take(.sample(startsAt: 5, isFiring: false), store, minute: 7)
        == .mitigated(Self.one)
    )
  }

  @Test func `a storm of one group is one incident with a short timeline`() async throws {
    let store = try Store.inMemory()
    for number in 0..<500 { _ = try await take(.sample(fingerprints: ["f\(number)"]), store) }
    #expect(try await store.incidents().items.count == 1)
    #expect(try await store.timeline(of: Self.one).count == 21)
  }

  @Test func `a storm of groups opens sixty incidents a minute, and the rest is put off`()
    async throws
  {
    let store = try Store.inMemory()
    let storm = (0..<1_000).map { AlertReport.sample("g\($0)", fingerprints: ["f\($0)"]) }
    let outcomes = try await store.take(storm, at: .night(minute: 1))
    #expect(outcomes.count { $0 == .deferred } == 940)
    #expect(try await store.incidents(limit: 100).items.count == 60)
    let later = try await store.take([storm[999]], at: .night(minute: 3))
    #expect(later == [.opened(IncidentID(number: 61))])
  }
}
