import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

struct LoggingTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `a logged incident has a number, its evidence and a diagnosis`() async throws {
    let files = try Fixture.blockedSenderFiles()
    let logged = try await casebook.log("memory climbs", files)
    #expect(logged.incident.id == IncidentID(number: 1))
    #expect(logged.added.map(\.source) == files.map(\.source))
    #expect(logged.diagnosis?.verdicts.first?.cause == .channelSendBlocked)
  }

  @Test func `a report shows what was logged`() async throws {
    let logged = try await casebook.log("memory climbs", try Fixture.blockedSenderFiles())
    let report = try await casebook.report(on: logged.incident.id)
    #expect(report.incident == logged.incident)
    #expect(report.evidence.map(\.sha256) == logged.added.map(\.sha256))
    #expect(report.diagnosis == logged.diagnosis)
  }

  @Test func `the timeline tells what happened in its order`() async throws {
    let id = try await casebook.log("memory climbs", try Fixture.blockedSenderFiles()).incident.id
    try await casebook.note("restarted the pod", on: id, author: "bob")
    let timeline = try await casebook.report(on: id).timeline
    #expect(timeline.map(\.kind).first == "opened")
    #expect(timeline.last?.kind == "note")
    #expect(timeline.last?.detail == "restarted the pod")
    #expect(timeline.last?.author == "bob")
    #expect(timeline.contains { $0.kind == "diagnosed" })
  }

  @Test func `an incident whose beginning nobody told is as old as its newest capture`()
    async throws
  {
    var new = NewIncident(
      title: "cart was killed",
      service: "cart",
      severity: .p2,
      openedAt: Casebook.now,
      isTimeGiven: false,
      loggedAt: Casebook.now,
      author: "ann"
    )
    let files = [try Fixture.file("kubectl-describe-sidecar.txt")]
    let logged = try await casebook.log(new, files: files)
    #expect(logged.incident.openedAt.description == "2026-01-07T08:38:58Z")
    new.isTimeGiven = true
    #expect(try await casebook.log(new, files: files).incident.openedAt == Casebook.now)
  }

  @Test func `an incident without evidence has no diagnosis`() async throws {
    let logged = try await casebook.log("memory climbs")
    #expect(logged.diagnosis == nil)
    #expect(logged.added.isEmpty)
  }

  @Test func `evidence is kept although nothing of it is recognised`() async throws {
    let file = EvidenceFile(source: "notes.txt", bytes: Array("hello".utf8))
    let logged = try await casebook.log("memory climbs", [file])
    #expect(logged.diagnosis == nil)
    #expect(logged.ignored.map(\.source) == ["notes.txt"])
    #expect(try await casebook.evidenceFiles(of: logged.incident.id) == [file])
  }

  @Test func `what logging says of the evidence is what is stored`() async throws {
    let logged = try await casebook.log(
      "memory climbs",
      [try Fixture.file("heap-http-body-unclosed.pb.gz")]
    )
    #expect(logged.added == (try await casebook.report(on: logged.incident.id).evidence))
  }

  @Test func `evidence is stored with what it was recognised as`() async throws {
    let files = [
      try Fixture.file("heap-http-body-unclosed.pb.gz"),
      EvidenceFile(source: "notes.txt", bytes: Array("hello".utf8)),
    ]
    let id = try await casebook.log("memory climbs", files).incident.id
    let evidence = try await casebook.report(on: id).evidence
    #expect(evidence.map(\.format) == ["pprof-heap", nil])
  }

  @Test func `the bytes of evidence come back as they were`() async throws {
    let files = try Fixture.blockedSenderFiles()
    let id = try await casebook.log("memory climbs", files).incident.id
    #expect(try await casebook.evidenceFiles(of: id) == files)
  }

  @Test func `evidence that is attached is diagnosed with what was there`() async throws {
    let files = try Fixture.blockedSenderFiles()
    let id = try await casebook.log("memory climbs", [files[0]]).incident.id
    let logged = try await casebook.attach(Array(files.dropFirst()), to: id, author: "bob")
    #expect(logged.diagnosis?.verdicts.first?.cause == .channelSendBlocked)
    #expect(logged.diagnosis?.evidence.contains { $0.source == files[0].source } == true)
  }

  @Test func `evidence that is attached again is not new`() async throws {
    let files = try Fixture.blockedSenderFiles()
    let first = try await casebook.log("memory climbs", files)
    let again = try await casebook.attach(files, to: first.incident.id, author: "bob")
    #expect(again.added.isEmpty)
    #expect(again.diagnosis == first.diagnosis)
  }

  @Test func `evidence cannot be attached to an incident that is not there`() async throws {
    let id = IncidentID(number: 9)
    await #expect(throws: StoreError.noSuchIncident(id)) {
      try await casebook.attach([], to: id, author: "bob")
    }
  }

  @Test func `evidence that was damaged is an error that names it`() async throws {
    let sha256 = String(repeating: "0", count: 64)
    let evidence = Evidence(
      sha256: sha256,
      source: "heap.pb.gz",
      format: nil,
      size: 5,
      capturedAt: nil,
      addedAt: Casebook.now
    )
    let incident = try await casebook.store.insert(
      NewIncident(
        title: "memory climbs",
        service: "relay",
        severity: .p2,
        openedAt: Casebook.now,
        loggedAt: Casebook.now,
        author: "ann"
      ),
      captures: [RawCapture(evidence: evidence, bytes: Array("other".utf8))]
    )
    await #expect(throws: CasebookError.damagedEvidence(sha256: sha256)) {
      try await casebook.rediagnose(incident.id)
    }
  }

  @Test func `a diagnosis made again is the same`() async throws {
    let logged = try await casebook.log("memory climbs", try Fixture.blockedSenderFiles())
    #expect(try await casebook.rediagnose(logged.incident.id) == logged.diagnosis)
  }
}
