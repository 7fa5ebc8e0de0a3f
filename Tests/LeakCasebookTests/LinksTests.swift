import LeakCasebook
import LeakModel
import LeakStore
import Testing

struct LinksTests {
  private let casebook: Casebook
  private let original: IncidentID
  private let twin: IncidentID

  init() async throws {
    casebook = try .empty()
    original = try await casebook.log("memory climbs").incident.id
    twin = try await casebook.log("memory climbs, told again").incident.id
  }

  @Test func `the original sees its duplicate`() async throws {
    try await casebook.link(twin, to: original, author: "bob")
    let links = try await casebook.report(on: original).links
    #expect(links == [LinkEntry(kind: "duplicated-by", incident: twin.description)])
  }

  @Test func `a wrong link is undone, and the incident is what it was`() async throws {
    try await casebook.mitigate(twin, how: "restart", author: "bob")
    try await casebook.link(twin, to: original, author: "bob")
    let undone = try await casebook.unlink(twin, from: original, author: "cleo")
    #expect(undone.status == .mitigated)
    #expect(try await casebook.report(on: twin).links == [])
  }

  @Test func `making and undoing a link are both in the timeline`() async throws {
    try await casebook.link(twin, to: original, author: "bob")
    try await casebook.unlink(twin, from: original, author: "cleo")
    let timeline = try await casebook.report(on: twin).timeline.suffix(2)
    #expect(timeline.map(\.detail) == ["duplicate of INC-1", "not duplicate of INC-1"])
    #expect(timeline.map(\.author) == ["bob", "cleo"])
  }

  @Test func `a link that is not there cannot be undone`() async throws {
    await #expect(throws: CasebookError.notLinked(twin, original)) {
      try await casebook.unlink(twin, from: original, author: "bob")
    }
  }

  @Test func `a recurrence stays open`() async throws {
    let linked = try await casebook.link(
      twin,
      to: original,
      as: .recurrenceOf,
      author: "bob"
    )
    #expect(linked.status == .open)
    #expect(try await casebook.report(on: original).links.map(\.kind) == ["recurred-as"])
  }

  @Test func `nothing is a duplicate of a duplicate`() async throws {
    try await casebook.link(twin, to: original, author: "bob")
    let third = try await casebook.log("once more").incident.id
    await #expect(throws: CasebookError.originalIsDuplicate(twin, of: original)) {
      try await casebook.link(third, to: twin, author: "bob")
    }
  }

  @Test func `a closed incident is no duplicate`() async throws {
    try await casebook.resolve(
      twin,
      cause: .lockBlocked,
      fix: "unlock it",
      commit: nil,
      author: "bob"
    )
    await #expect(throws: CasebookError.alreadyClosed(twin, .resolved)) {
      try await casebook.link(twin, to: original, author: "bob")
    }
  }
}
