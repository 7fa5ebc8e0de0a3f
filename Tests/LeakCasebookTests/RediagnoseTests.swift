import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore
import Testing

struct RediagnoseTests {
  private let casebook: Casebook
  private let id: IncidentID

  init() async throws {
    casebook = try .empty()
    id = try await casebook.log(
      "memory climbs",
      [try Fixture.file("goroutine-channel-send-blocked.pb.gz")]
    ).incident.id
  }

  @Test func `the same rules reproduce a verdict byte for byte`() async throws {
    let item = try #require(try await casebook.reconsider(id, isDryRun: true))
    #expect(item.outcome == .reproduced)
    #expect(item.before == item.after)
  }

  @Test func `a forecast against the service's limit is reproduced as well`() async throws {
    let now = try #require(Instant("2026-01-02T03:04:05Z"))
    try await casebook.store.setLimit(Bytes(512 << 20), of: "cart", at: now)
    let lines = (0..<120).map {
      "{\"t\": \(1_700_000_000 + $0 * 60), \"VmRSS\": \(100_000_000 + $0 * 1_000_000)}\n"
    }
    let samples = EvidenceFile(source: "samples.jsonl", bytes: Array(lines.joined().utf8))
    let logged = try await casebook.log("cart climbs", service: "cart", [samples])
    #expect(logged.diagnosis?.forecast?.limit == 536_870_912)
    let item = try #require(try await casebook.reconsider(logged.incident.id, isDryRun: true))
    #expect(item.outcome == .reproduced)
  }

  @Test func `a verdict names its captures and its rules`() async throws {
    let verdict = try #require(try await casebook.store.latestVerdict(of: id))
    let evidence = try await casebook.store.evidence(of: id)
    #expect(verdict.evidence.map(\.sha256) == evidence.map(\.sha256))
    #expect(verdict.rules == casebook.diagnoser.rulebook.hash)
  }

  @Test func `rules without playbooks flip a verdict`() async throws {
    let item = try #require(try await withoutRules.reconsider(id, isDryRun: true))
    #expect(item.outcome == .flipped)
    #expect(item.after?.cause == .unknown)
    #expect(item.before.rules != item.after?.rules)
  }

  @Test func `a dry run keeps nothing`() async throws {
    _ = try await withoutRules.reconsider(id, isDryRun: true)
    #expect(try await casebook.store.verdicts(of: id).count == 1)
  }

  @Test func `a verdict that differs is kept beside the old one`() async throws {
    _ = try await withoutRules.reconsider(id, isDryRun: false)
    #expect(try await casebook.store.verdicts(of: id).count == 2)
  }

  @Test func `a verdict that comes out the same is not kept again`() async throws {
    _ = try await casebook.reconsider(id, isDryRun: false)
    #expect(try await casebook.store.verdicts(of: id).count == 1)
  }

  @Test func `a flip is measured by the settled cause`() async throws {
    try await casebook.resolve(
      id,
      cause: .channelSendBlocked,
      fix: "buffer it",
      commit: nil,
      author: "bob"
    )
    #expect(try await withoutRules.reconsider(id, isDryRun: true)?.gain == -1)
  }

  @Test func `an incident without a verdict has nothing to reconsider`() async throws {
    let other = try await casebook.log("no evidence").incident.id
    #expect(try await casebook.reconsider(other, isDryRun: true) == nil)
  }

  /// The same base, judged without any playbook.
  private var withoutRules: Casebook {
    Casebook(store: casebook.store, diagnoser: Diagnoser(rulebook: Rulebook())) { Casebook.now }
  }
}
