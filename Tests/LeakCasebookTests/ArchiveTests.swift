import Foundation
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

@testable import LeakCasebook

/// One incident in one file, from one base to another.
struct ArchiveTests {
  private static let plain = Redaction(isOn: false)
  private let casebook: Casebook
  private let id: IncidentID

  init() async throws {
    casebook = try .empty()
    _ = try await casebook.log("another")
    id = try await casebook.log(
      "memory climbs",
      story: "seen at 10.4.5.6",
      [try Fixture.file("heap-http-body-unclosed.pb.gz"), try Fixture.file("samples.jsonl")]
    ).incident.id
    try await casebook.note("restarted", on: id, author: "bob")
  }

  @Test func `another base takes an incident in under a number of its own`() async throws {
    let other = try Casebook.empty()
    let imported = try await other.importArchive(try await archive(), author: "cleo")
    #expect(!imported.wasKnown)
    #expect(imported.incident == IncidentID(number: 1))
    let report = try await other.report(on: imported.incident)
    #expect(report.incident.title == "memory climbs")
    #expect(report.evidence.count == 2)
    let before = try await casebook.report(on: id)
    #expect(report.diagnosis == before.diagnosis)
    #expect(report.timeline.dropLast() == before.timeline[...])
  }

  @Test func `an incident comes in once`() async throws {
    let other = try Casebook.empty()
    let file = try await archive()
    let first = try await other.importArchive(file, author: "cleo")
    let second = try await other.importArchive(file, author: "cleo")
    #expect(second == ImportedCase(name: "INC-2", incident: first.incident, wasKnown: true))
  }

  @Test func `the base it comes from knows it`() async throws {
    let imported = try await casebook.importArchive(try await archive(), author: "cleo")
    #expect(imported.wasKnown && imported.incident == id)
  }

  @Test func `an imported incident is found by its likeness`() async throws {
    let other = try Casebook.empty()
    let imported = try await other.importArchive(try await archive(), author: "cleo")
    let likenesses = try await other.store.likenesses(of: [imported.incident])
    #expect(likenesses[imported.incident]?.features.isEmpty == false)
  }

  @Test func `a verdict is reproduced where the incident was taken in`() async throws {
    let other = try Casebook.empty()
    let imported = try await other.importArchive(try await archive(), author: "cleo")
    #expect(try await other.reconsider(imported.incident, isDryRun: true)?.outcome == .reproduced)
  }

  @Test func `the same incident makes the same bytes`() async throws {
    #expect(try await archive().bytes == archive().bytes)
  }

  @Test func `every prefix of an archive is refused or taken in, and never traps`() async throws {
    let bytes = try await archive().bytes
    for length in stride(from: 0, to: bytes.count, by: 397) {
      let file = EvidenceFile(source: "cut.tar", bytes: Array(bytes.prefix(length)))
      _ = try? await Casebook.empty().importArchive(file, author: "cleo")
    }
  }

  @Test func `a capture that was changed on the way is refused`() async throws {
    var archive = try TarArchive(reading: try await archive().bytes)
    let last = archive.entries.removeLast()
    archive.entries.append(.init(path: last.path, bytes: last.bytes.map { $0 ^ 1 }))
    let file = EvidenceFile(source: "a.tar", bytes: archive.bytes(changedAt: 0))
    await #expect(throws: ArchiveError.damagedEvidence(last.path)) {
      try await casebook.importArchive(file, author: "cleo")
    }
  }

  @Test func `a tar of something else is no archive`() async throws {
    let bytes = TarArchive([.init(path: "a.txt", bytes: [65])]).bytes(changedAt: 0)
    await #expect(throws: ArchiveError.noIncident) {
      try await casebook.importArchive(EvidenceFile(source: "a.tar", bytes: bytes), author: "c")
    }
  }

  @Test func `a newer format is refused by name`() async throws {
    let json = Array(#"{"schema": "leakbook.archive/9"}"#.utf8)
    let bytes = TarArchive([.init(path: "INC-1/incident.json", bytes: json)]).bytes(changedAt: 0)
    await #expect(throws: ArchiveError.newerFormat("leakbook.archive/9")) {
      try await casebook.importArchive(EvidenceFile(source: "a.tar", bytes: bytes), author: "c")
    }
  }

  @Test func `a redacted archive holds no secret, and its verdict can be reproduced`()
    async throws
  {
    let exported = try await casebook.archive(id, Redaction(isOn: true))
    #expect(!String(decoding: exported.bytes, as: UTF8.self).contains("10.4.5.6"))
    let other = try Casebook.empty()
    let file = EvidenceFile(source: "a.tar", bytes: exported.bytes)
    let imported = try await other.importArchive(file, author: "cleo")
    #expect(try await other.reconsider(imported.incident, isDryRun: true)?.outcome == .reproduced)
  }

  @Test func `a post-mortem tells cause, reasons, timeline and evidence`() async throws {
    try await casebook.resolve(
      id,
      cause: .httpBodyUnclosed,
      fix: "close | it",
      commit: "abc",
      author: "bob"
    )
    let bytes = try await casebook.postMortem(id, Self.plain).bytes
    let text = String(decoding: bytes, as: UTF8.self)
    for part in [
      "# INC-2: memory climbs", "## What was seen", "> seen at 10.4.5.6", "## Cause",
      "`http-body-unclosed`, settled by a person.", "## Fixes", "close \\| it", "## Timeline",
      "| bob | note | restarted |", "## Evidence", "samples.jsonl",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `an archive is what other programs unpack`() throws {
    let archive = TarArchive([
      .init(path: "INC-1/incident.json", bytes: Array("{}".utf8)),
      .init(path: "INC-1/evidence/001-a", bytes: [UInt8](repeating: 7, count: 513)),
    ])
    let bytes = archive.bytes(changedAt: 1_795_144_329)
    #expect(bytes.count % 512 == 0)
    #expect(String(decoding: bytes[257..<262], as: UTF8.self) == "ustar")
    #expect(try TarArchive(reading: bytes) == archive)
  }

  private func archive() async throws -> EvidenceFile {
    EvidenceFile(source: "INC-2.tar", bytes: try await casebook.archive(id, Self.plain).bytes)
  }
}
