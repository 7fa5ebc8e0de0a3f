import Foundation
import LeakAnalysis
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

/// From the log to the proof, on captures of real processes.
struct VerifyTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `evidence in which the trouble is gone verifies`() async throws {
    let id = try await resolved()
    let document = try await verify(id, "verify-after")
    #expect(document.answer == .verified)
    #expect(try await casebook.store.incident(id).status == .verified)
    #expect(try await casebook.store.repairs(of: id).map(\.verifiedAt) == [Casebook.now])
  }

  @Test func `the answer is kept with the incident as it was given`() async throws {
    let id = try await resolved()
    let document = try await verify(id, "verify-after")
    #expect(try await casebook.report(on: id).verification == document)
  }

  @Test func `what the store holds of an incident is its document`() async throws {
    let id = try await resolved()
    for _ in 0..<2 {
      let document = IncidentDocument(try await casebook.report(on: id))
      let json = try IncidentDocument.json(of: try await casebook.store.state(of: id))
      #expect(json == (try CanonicalJSON.text(document)))
      _ = try await verify(id, "verify-after")
    }
  }

  @Test func `the answer names the captures on both sides`() async throws {
    let id = try await resolved()
    let document = try await verify(id, "verify-after")
    let evidence = try await casebook.store.evidence(of: id)
    #expect(
      document.before.map(\.sha256) == evidence.filter { $0.role == .incident }.map(\.sha256)
    )
    #expect(
      document.after.map(\.sha256) == evidence.filter { $0.role == .verification }.map(\.sha256)
    )
  }

  @Test func `the later evidence is no longer diagnosed as the cause`() async throws {
    let document = try await verify(try await resolved(), "verify-after")
    let cause = try #require(document.checks.first { $0.kind == .cause })
    #expect(cause.outcome == .pass)
    #expect(cause.name == "http-body-unclosed")
  }

  @Test func `evidence in which the trouble is left does not verify`() async throws {
    let id = try await resolved()
    let document = try await verify(id, "verify-again", isComparable: true)
    #expect(document.answer == .notYet)
    #expect(try await casebook.store.incident(id).status == .resolved)
    #expect(try await casebook.report(on: id).timeline.last?.kind == "checked")
  }

  @Test func `faster growth is worse, and verifies nothing`() async throws {
    let id = try await resolved("verify-again")
    let document = try await verify(id, "verify-before", isComparable: true)
    #expect(document.answer == .worse)
    #expect(try await casebook.store.incident(id).status == .resolved)
  }

  @Test func `later evidence does not change the diagnosis of the trouble`() async throws {
    let id = try await resolved()
    let before = try await casebook.latestDiagnosis(of: id)
    _ = try await verify(id, "verify-after")
    try await casebook.rediagnose(id)
    #expect(try await casebook.latestDiagnosis(of: id) == before)
  }

  @Test func `a recurrence after the proof reopens with both comparisons`() async throws {
    let id = try await verified()
    let document = try await verify(id, "verify-again", isComparable: true)
    #expect(document.status == "reopened")
    #expect(document.answer == .notYet)
    #expect(document.sinceVerified?.checks.contains { $0.outcome == .fail } == true)
    #expect(try await casebook.store.incident(id).status == .reopened)
    #expect(try await casebook.store.repairs(of: id).map(\.failedAt) == [Casebook.now])
  }

  @Test func `a recurrence is diagnosed by its own evidence`() async throws {
    let id = try await verified()
    _ = try await verify(id, "verify-again", isComparable: true)
    let diagnosis = try #require(try await casebook.latestDiagnosis(of: id))
    #expect(diagnosis.evidence.count == 5)
    #expect(diagnosis.verdicts.first?.culprit?.function == "main.(*locator).locate")
  }

  @Test func `healthy evidence after the proof leaves it verified`() async throws {
    let id = try await verified()
    #expect(try await verify(id, "verify-after").answer == .verified)
    #expect(try await casebook.store.incident(id).status == .verified)
  }

  @Test func `evidence too thin to tell does not reopen`() async throws {
    let id = try await verified()
    let heap = try Fixture.file("verify-again/heap.0.pb.gz")
    let document = try await casebook.verify(id, [heap], author: "bob")
    #expect(document.answer == .notYet)
    #expect(try await casebook.store.incident(id).status == .verified)
  }

  @Test func `reopening with captures compares with the first evidence and the proof`()
    async throws
  {
    let id = try await verified()
    let document = try await casebook.reopen(
      id,
      why: "it is back",
      with: try files("verify-again"),
      author: "bob"
    )
    #expect(document?.sinceVerified != nil)
    #expect(try await casebook.store.evidence(of: id).last?.round == 2)
  }

  @Test func `an open incident has nothing to verify`() async throws {
    let id = try await casebook.log("memory climbs", try files("verify-before")).incident.id
    await #expect(throws: CasebookError.nothingToVerify(id, .open)) {
      try await casebook.verify(id, try files("verify-after"), author: "bob")
    }
  }

  @Test func `the evidence of the trouble is no later evidence`() async throws {
    let id = try await resolved()
    await #expect(throws: CasebookError.sameEvidence(id)) {
      try await casebook.verify(id, try files("verify-before"), author: "bob")
    }
  }

  @Test func `the evidence of the trouble is left out beside later evidence`() async throws {
    let id = try await verified()
    let files = try files("verify-before") + files("verify-after")
    let document = try await casebook.verify(id, files, author: "bob")
    #expect(document.answer == .verified)
    #expect(document.after.count == 5)
    #expect(
      document.reasons.last
        == "left out, as evidence of the trouble itself: goroutine.0.pb.gz and 4 more"
    )
    #expect(try await casebook.store.incident(id).status == .verified)
  }

  @Test func `captures of another binary do not reopen`() async throws {
    let id = try await verified()
    let other = try Fixture.file("heap-http-body-unclosed.pb.gz")
    let document = try await casebook.verify(id, [other], author: "bob")
    #expect(document.answer == .notYet)
    #expect(document.status == "verified")
  }

  @Test func `without evidence of the trouble there is nothing to compare`() async throws {
    let id = try await casebook.log("memory climbs").incident.id
    try await resolve(id)
    await #expect(throws: CasebookError.nothingToCompare(id)) {
      try await casebook.verify(id, try files("verify-after"), author: "bob")
    }
  }

  @Test func `captures are kept even when none is recognised`() async throws {
    let id = try await resolved()
    let file = EvidenceFile(source: "notes.bin", bytes: [1, 2, 3])
    await #expect(throws: Diagnoser.NothingRecognised.self) {
      try await casebook.verify(id, [file], author: "bob")
    }
    #expect(try await casebook.store.bytes(of: file.sha256) == file.bytes)
  }

  private func verified() async throws -> IncidentID {
    let id = try await resolved()
    _ = try await verify(id, "verify-after")
    return id
  }

  private func resolved(_ folder: String = "verify-before") async throws -> IncidentID {
    let id = try await casebook.log("memory climbs", try files(folder)).incident.id
    try await resolve(id)
    return id
  }

  private func resolve(_ id: IncidentID) async throws {
    try await casebook.resolve(
      id,
      cause: .httpBodyUnclosed,
      fix: "close it",
      commit: nil,
      author: "bob"
    )
  }

  private func verify(
    _ id: IncidentID,
    _ folder: String,
    isComparable: Bool = false
  ) async throws -> VerificationDocument {
    try await casebook.verify(id, try files(folder), isComparable: isComparable, author: "bob")
  }

  private func files(_ folder: String) throws -> [EvidenceFile] {
    try CaseFolder.read([Fixture.folder.appending(path: folder).path]).files
  }
}
