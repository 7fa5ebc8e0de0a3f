import Foundation
import LeakDiagnosis
import LeakModel
import LeakStore
import Testing

@testable import LeakCasebook

struct ImportTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `a case becomes a resolved incident with its truth`() async throws {
    let incident = try await importedIncident(of: Fixture.blockedSenders)
    #expect(incident.status == .resolved)
    #expect(incident.cause == .channelSendBlocked)
    #expect(incident.service == "clickstream-loader")
    #expect(incident.importedCase == "dev-channel-send-blocked-2")
    #expect(incident.labels["go"] == "1.27")
  }

  @Test func `a case is opened when it was captured`() async throws {
    let incident = try await importedIncident(of: Fixture.blockedSenders)
    // The time of the last heap profile.
    #expect(incident.openedAt == Instant("2026-11-21T02:08:22.629Z"))
  }

  @Test(arguments: [
    ("codec-worker: RSS 1.1 GB, then killed. Twice.", "codec-worker: RSS 1.1 GB, then killed"),
    ("net/http.Get hangs", "net/http.Get hangs"), ("Memory grows!\nAlways.", "Memory grows"),
    ("内存上涨。重启后恢复", "内存上涨"), (". odd", "case-1"), ("", "case-1"),
  ])
  func `the title is the first sentence of the story`(story: String, title: String) {
    #expect(Casebook.title(story, orElse: "case-1") == title)
  }

  @Test func `the evidence of a case is kept without its truth`() async throws {
    let imported = try await casebook.importCases(in: Fixture.blockedSenders, author: "ann")
    let id = try #require(imported.first).incident
    let evidence = try await casebook.report(on: id).evidence
    #expect(evidence.map(\.source) == (try Fixture.blockedSenderFiles().map(\.source)))
  }

  @Test func `a case imported twice is one incident`() async throws {
    let first = try await casebook.importCases(in: Fixture.blockedSenders, author: "ann")
    let second = try await casebook.importCases(in: Fixture.blockedSenders, author: "ann")
    #expect(first.map(\.wasKnown) == [false])
    #expect(second.map(\.wasKnown) == [true])
    #expect(first.map(\.incident) == second.map(\.incident))
    #expect(try await casebook.store.importedCases().count == 1)
  }

  @Test func `importing again leaves a reopened incident as it is`() async throws {
    let imported = try await casebook.importCases(in: Fixture.blockedSenders, author: "ann")
    let id = try #require(imported.first).incident
    try await casebook.reopen(id, why: "again", author: "bob")
    _ = try await casebook.importCases(in: Fixture.blockedSenders, author: "ann")
    #expect(try await casebook.report(on: id).incident.status == .reopened)
  }

  @Test func `the folders below a folder are imported in the order of their names`() async throws {
    let folder = try CaseLibrary(["b": Self.truth("b"), "a": Self.truth("a"), "none": nil])
    let imported = try await casebook.importCases(in: folder.path, author: "ann")
    #expect(imported.map(\.name) == ["a", "b"])
  }

  @Test func `progress is told case by case`() async throws {
    let folder = try CaseLibrary(["a": Self.truth("a"), "b": Self.truth("b")])
    var told: [ImportedCase] = []
    let imported = try await casebook.importCases(in: folder.path, author: "ann") {
      told.append($0)
    }
    #expect(told == imported)
  }

  @Test func `a healthy case is not a leak`() async throws {
    let folder = try CaseLibrary(["a": Self.truth("a", cause: "healthy")])
    #expect(try await importedIncident(of: folder.path).status == .notALeak)
  }

  @Test func `a case of an unheard-of cause has none`() async throws {
    let folder = try CaseLibrary(["a": Self.truth("a", cause: "gremlins")])
    #expect(try await importedIncident(of: folder.path).cause == nil)
  }

  @Test func `the title is the story's first sentence`() async throws {
    let folder = try CaseLibrary(["a": Self.truth("a", story: "It grows. Nobody knows why.")])
    #expect(try await importedIncident(of: folder.path).title == "It grows")
  }

  @Test func `a folder without cases is an error that names it`() async throws {
    let folder = try CaseLibrary(["a": nil])
    await #expect(throws: ImportError.noCases(folder.path)) {
      try await casebook.importCases(in: folder.path, author: "ann")
    }
  }

  @Test func `a folder that is not there is an error that names it`() async throws {
    let path = Fixture.blockedSenders + "/none"
    await #expect(throws: CaseFolder.Failure.missing(path)) {
      try await casebook.importCases(in: path, author: "ann")
    }
  }

  @Test(arguments: ["not json", "{}", "{\"id\": \"a\"}", "{\"id\": 1, \"cause\": \"healthy\"}"])
  func `a case file without its truth is an error that names it`(text: String) async throws {
    let folder = try CaseLibrary(["a": text])
    let error = await #expect(throws: ImportError.self) {
      try await casebook.importCases(in: folder.path, author: "ann")
    }
    #expect(error?.description.hasPrefix(folder.path + "/a/case.json: ") == true)
  }

  private func importedIncident(of path: String) async throws -> Incident {
    let imported = try await casebook.importCases(in: path, author: "ann")
    return try await casebook.report(on: try #require(imported.first).incident).incident
  }

  private static func truth(
    _ id: String,
    cause: String = "lock-blocked",
    story: String = ""
  ) -> String {
    "{\"id\": \"\(id)\", \"cause\": \"\(cause)\", \"story\": \"\(story)\"}"
  }
}

/// A folder of cases that is gone when the test ends.
private final class CaseLibrary {
  let path: String

  /// Makes one folder for each name, with a case file where there is a text for it.
  init(_ cases: [String: String?]) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "cases-\(UUID().uuidString)")
    path = url.path
    for (name, text) in cases {
      let folder = url.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data("VmRSS:\t 100 kB\n".utf8).write(to: folder.appending(path: "notes.txt"))
      if let text { try Data(text.utf8).write(to: folder.appending(path: "case.json")) }
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }
}
