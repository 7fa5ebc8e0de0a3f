import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

/// What logging keeps so that captures need not be read again.
struct NumbersTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `the heaviest functions of a profile are kept`() async throws {
    let file = try Fixture.file("heap-http-body-unclosed.pb.gz")
    _ = try await casebook.log("memory climbs", [file])
    let summaries = try await casebook.store.profileSummary(of: file.sha256)
    #expect(summaries.contains { $0.sampleType == "inuse_space" && !$0.rows.isEmpty })
  }

  @Test func `the snapshots become the service's`() async throws {
    let file = try Fixture.file("samples.jsonl")
    let incident = try await casebook.log("memory climbs", [file]).incident
    let kept = try await casebook.store.snapshots(service: incident.service)
    #expect(kept.map(\.series.count) == [20])
  }

  @Test func `snapshots logged twice are there once`() async throws {
    let file = try Fixture.file("samples.jsonl")
    let id = try await casebook.log("memory climbs", [file]).incident.id
    try await casebook.rediagnose(id)
    let kept = try await casebook.store.snapshots(
      service: try await casebook.store.incident(id).service
    )
    #expect(kept.map(\.series.count) == [20])
  }
}
