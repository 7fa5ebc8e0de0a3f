import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

struct SeverityTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `a severity that nobody gave follows the verdict up, and the timeline says so`()
    async throws
  {
    let logged = try await log(severity: nil)
    #expect(logged.incident.severity == .p0)
    let timeline = try await casebook.report(on: logged.incident.id).timeline
    #expect(
      timeline.contains {
        $0.author == "leakbook" && $0.detail == "severity P0 by the verdict, P2 before"
      }
    )
  }

  @Test func `an unknown cause raises a severity where the container was killed`() async throws {
    let pod = """
      Containers:
        cart:
          Last State:     Terminated
            Reason:       OOMKilled
            Exit Code:    137
          Restart Count:  3
          Limits:
            memory:  512Mi

      """
    let file = EvidenceFile(source: "pod.txt", bytes: Array(pod.utf8))
    let logged = try await log(severity: nil, files: [file])
    #expect(logged.diagnosis?.verdicts.first?.cause == .unknown)
    #expect(logged.incident.severity == .p1)
  }

  @Test func `a severity that a person gave stays`() async throws {
    #expect(try await log(severity: .p3).incident.severity == .p3)
  }

  @Test func `a severity that a person sets later stays`() async throws {
    let id = try await log(severity: nil).incident.id
    try await casebook.edit(id, IncidentEdit(severity: .p3), author: "bob")
    try await casebook.rediagnose(id)
    #expect(try await casebook.report(on: id).incident.severity == .p3)
  }

  @Test func `a verdict that a person does not share raises nothing`() async throws {
    #expect(try await log(severity: nil, cause: .timerLeak).incident.severity == .p2)
  }

  @Test func `a verdict less urgent than the incident lowers nothing`() async throws {
    let logged = try await log(severity: nil)
    let verdict = StoredVerdict(
      at: Casebook.now,
      cause: .timerLeak,
      confidence: 1,
      culprit: nil,
      rules: "",
      json: "{}"
    )
    try await casebook.store.record(verdict, for: logged.incident.id, severity: .p3)
    #expect(try await casebook.store.incident(logged.incident.id).severity == .p0)
  }

  @Test func `an edit is told in the timeline by what it sets`() async throws {
    let id = try await log(severity: nil).incident.id
    let edit = IncidentEdit(title: "cart crashes", severity: .p1, story: "since noon")
    let incident = try await casebook.edit(id, edit, author: "bob")
    #expect(incident.title == "cart crashes")
    #expect(incident.story == "since noon")
    let last = try await casebook.report(on: id).timeline.last
    #expect(last?.detail == "title, severity P1, story")
    #expect(last?.author == "bob")
  }

  /// Logs a crash by concurrent use of a map, which is P0.
  private func log(
    severity: Severity?,
    cause: Cause? = nil,
    files: [EvidenceFile]? = nil
  ) async throws -> Logged {
    let new = NewIncident(
      title: "cart dies",
      service: "cart",
      status: cause == nil ? .open : .resolved,
      severity: severity ?? .p2,
      isSeverityGiven: severity != nil,
      openedAt: Casebook.now,
      loggedAt: Casebook.now,
      author: "ann",
      cause: cause,
      fix: cause.map { _ in "fixed" }
    )
    let crash = [try Fixture.file("crash-concurrent-map.log")]
    return try await casebook.log(new, files: files ?? crash)
  }
}
