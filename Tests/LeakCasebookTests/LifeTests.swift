import LeakCasebook
import LeakModel
import LeakStore
import Testing

struct LifeTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `a restart mitigates`() async throws {
    let id = try await open()
    #expect(try await casebook.mitigate(id, how: "restart", author: "bob").status == .mitigated)
  }

  @Test func `what mitigated may be told later`() async throws {
    let id = try await open()
    try await casebook.mitigate(id, how: "", author: "bob")
    try await casebook.mitigate(id, how: "restart", author: "bob")
    let report = try await casebook.report(on: id)
    #expect(report.incident.status == .mitigated)
    #expect(report.timeline.last?.detail == "restart")
  }

  @Test func `a mitigated incident is mitigated again only by telling how`() async throws {
    let id = try await open()
    try await casebook.mitigate(id, how: "restart", author: "bob")
    await #expect(throws: CasebookError.notAllowed(id, from: .mitigated, to: .mitigated)) {
      try await casebook.mitigate(id, how: "", author: "bob")
    }
  }

  @Test func `a cause that no playbook describes is settled as unknown`() async throws {
    let incident = try await casebook.resolve(
      try await open(),
      cause: .unknown,
      fix: "the driver leaked; updated it",
      commit: nil,
      author: "bob"
    )
    #expect(incident.status == .resolved)
    #expect(incident.cause == .unknown)
  }

  @Test func `a cause and a fix resolve`() async throws {
    let incident = try await resolve(try await open())
    #expect(incident.status == .resolved)
    #expect(incident.cause == .lockBlocked)
    #expect(incident.fix == "unlock it")
    #expect(incident.fixCommit == "abc123")
  }

  @Test func `a mitigated incident can be resolved`() async throws {
    let id = try await open()
    try await casebook.mitigate(id, how: "restart", author: "bob")
    #expect(try await resolve(id).status == .resolved)
  }

  @Test func `what turned out healthy is not a leak`() async throws {
    let incident = try await casebook.resolve(
      try await open(),
      cause: .healthy,
      fix: "misread",
      commit: nil,
      author: "bob"
    )
    #expect(incident.status == .notALeak)
  }

  @Test func `a resolved incident cannot be resolved again`() async throws {
    let id = try await open()
    try await resolve(id)
    await #expect(throws: CasebookError.alreadyClosed(id, .resolved)) { try await resolve(id) }
  }

  @Test func `a resolved incident cannot be mitigated`() async throws {
    let id = try await open()
    try await resolve(id)
    await #expect(throws: CasebookError.alreadyClosed(id, .resolved)) {
      try await casebook.mitigate(id, how: "restart", author: "bob")
    }
  }

  @Test(arguments: ["", "  ", "\n\t"])
  func `an empty fix resolves nothing`(fix: String) async throws {
    let id = try await open()
    await #expect(throws: CasebookError.emptyFix(id)) {
      try await casebook.resolve(id, cause: .lockBlocked, fix: fix, commit: nil, author: "bob")
    }
    #expect(try await casebook.report(on: id).incident.status == .open)
  }

  @Test func `a resolved incident that is back is reopened`() async throws {
    let id = try await open()
    try await resolve(id)
    #expect(try await casebook.reopen(id, why: "again", author: "bob").status == .reopened)
  }

  @Test func `a reopened incident can be resolved again`() async throws {
    let id = try await open()
    try await resolve(id)
    try await casebook.reopen(id, why: "again", author: "bob")
    #expect(try await resolve(id).status == .resolved)
  }

  @Test func `an open incident cannot be reopened`() async throws {
    let id = try await open()
    await #expect(throws: CasebookError.notClosed(id, .open)) {
      try await casebook.reopen(id, why: "again", author: "bob")
    }
  }

  @Test func `an incident told twice is a duplicate of the other`() async throws {
    let original = try await open()
    let twin = try await casebook.link(try await open(), to: original, author: "bob")
    #expect(twin.status == .duplicate)
    let links = try await casebook.report(on: twin.id).links
    #expect(links == [LinkEntry(kind: "duplicate-of", incident: original.description)])
  }

  @Test func `an incident is no duplicate of itself`() async throws {
    let id = try await open()
    await #expect(throws: CasebookError.linkToItself(id)) {
      try await casebook.link(id, to: id, author: "bob")
    }
  }

  @Test func `an incident is no duplicate of one that is not there`() async throws {
    let id = try await open()
    let missing = IncidentID(number: 99)
    await #expect(throws: StoreError.noSuchIncident(missing)) {
      try await casebook.link(id, to: missing, author: "bob")
    }
    #expect(try await casebook.report(on: id).incident.status == .open)
  }

  @Test func `a duplicate that is reopened is no duplicate any more`() async throws {
    let original = try await open()
    let id = try await open()
    try await casebook.link(id, to: original, author: "bob")
    let reopened = try await casebook.reopen(id, why: "another one", author: "bob")
    #expect(reopened.status == .reopened)
    #expect(try await casebook.report(on: id).links == [])
  }

  @Test func `each step of a life is in the timeline with its author`() async throws {
    let id = try await open()
    try await casebook.mitigate(id, how: "restart", author: "bob")
    try await resolve(id)
    try await casebook.reopen(id, why: "again", author: "cleo")
    let timeline = try await casebook.report(on: id).timeline
    #expect(timeline.map(\.kind) == ["opened", "mitigated", "resolved", "reopened"])
    #expect(timeline.map(\.author) == ["ann", "bob", "bob", "cleo"])
    #expect(timeline[2].detail == "lock-blocked: unlock it")
  }

  @Test func `a refused step leaves no trace in the timeline`() async throws {
    let id = try await open()
    _ = try? await casebook.reopen(id, why: "again", author: "bob")
    #expect(try await casebook.report(on: id).timeline.map(\.kind) == ["opened"])
  }

  @Test(arguments: IncidentStatus.allCases)
  func `only a resolved incident can become verified`(status: IncidentStatus) {
    #expect(status.successors.contains(.verified) == (status == .resolved))
  }

  @Test(arguments: IncidentStatus.allCases)
  func `no incident becomes open again, since its timeline would lie`(status: IncidentStatus) {
    #expect(!status.successors.contains(.open))
  }

  @Test func `labels are set and taken away`() async throws {
    let id = try await open()
    try await casebook.label(["pod": "a", "zone": "b"], of: id, author: "bob")
    let changed = try await casebook.label(["pod": "c"], removing: ["zone"], of: id, author: "bob")
    #expect(changed.labels == ["pod": "c"])
    #expect(try await casebook.report(on: id).timeline.last?.detail == "labels: pod=c without zone")
  }

  @Test func `a fix that did not hold is marked when the incident is reopened`() async throws {
    let id = try await open()
    try await resolve(id)
    try await casebook.reopen(id, why: "again", author: "bob")
    #expect(try await casebook.store.repairs(of: id).map(\.failedAt) == [Casebook.now])
  }

  @Test func `what was no leak was never repaired`() async throws {
    let id = try await open()
    try await casebook.resolve(id, cause: .healthy, fix: "misread", commit: nil, author: "bob")
    #expect(try await casebook.store.repairs(of: id) == [])
  }

  @Test(arguments: [
    CasebookError.alreadyClosed(IncidentID(number: 3), .resolved),
    .notClosed(IncidentID(number: 3), .open), .emptyFix(IncidentID(number: 3)),
    .linkToItself(IncidentID(number: 3)),
    .notAllowed(IncidentID(number: 3), from: .mitigated, to: .verified),
    .originalIsDuplicate(IncidentID(number: 3), of: IncidentID(number: 1)),
    .notLinked(IncidentID(number: 3), IncidentID(number: 1)),
    .nothingToVerify(IncidentID(number: 3), .open), .nothingToCompare(IncidentID(number: 3)),
    .sameEvidence(IncidentID(number: 3)),
  ])
  func `a refusal names the incident`(error: CasebookError) {
    #expect(error.description.contains("INC-3"))
  }

  private func open() async throws -> IncidentID {
    try await casebook.log("memory climbs").incident.id
  }

  @discardableResult
  private func resolve(_ id: IncidentID) async throws -> Incident {
    try await casebook.resolve(
      id,
      cause: .lockBlocked,
      fix: "unlock it",
      commit: "abc123",
      author: "bob"
    )
  }
}
