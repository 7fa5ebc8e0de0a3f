import LeakCasebook
import LeakDiagnosis
import LeakModel
import Testing

struct SimilarTests {
  private let casebook: Casebook

  init() throws {
    casebook = try .empty()
  }

  @Test func `the incident with the same stacks is found first`() async throws {
    try await logOthers()
    let twin = try await casebook.log("blocked", try Fixture.blockedSenderFiles()).incident.id
    let similar = try await casebook.similar(to: try Fixture.blockedSenderFiles())
    #expect(similar.hits.first?.incident.id == twin)
  }

  @Test func `the same incident seen again is very like the first`() async throws {
    try await logOthers()
    try await casebook.log("blocked", try Fixture.blockedSenderFiles())
    let hit = try await casebook.similar(to: try Fixture.blockedSenderFiles()).hits.first
    #expect(try #require(hit).score > 0.9)
  }

  @Test func `a later capture of the same leak finds the earlier one`() async throws {
    try await logOthers()
    let files = try Fixture.blockedSenderFiles()
    let goroutines = files.filter { $0.source.hasPrefix("goroutine.") }
    let earlier = try await casebook.log("blocked", Array(goroutines.prefix(2))).incident.id
    let similar = try await casebook.similar(to: Array(goroutines.suffix(2)))
    #expect(similar.hits.first?.incident.id == earlier)
  }

  @Test func `the same code is named among the reasons`() async throws {
    try await casebook.log("blocked", try Fixture.blockedSenderFiles())
    let hit = try await casebook.similar(to: try Fixture.blockedSenderFiles()).hits.first
    #expect(hit?.why.contains { $0.detail.contains("main.(*fileReader).emit") } == true)
  }

  @Test func `the cause of a verdict is among the reasons while no person settled one`()
    async throws
  {
    try await casebook.log("blocked", try Fixture.blockedSenderFiles())
    let hit = try #require(
      try await casebook.similar(to: try Fixture.blockedSenderFiles()).hits.first
    )
    #expect(hit.incident.cause == nil)
    #expect(hit.why.contains(SharedTrait(kind: "cause", detail: "channel-send-blocked")))
  }

  @Test func `nothing is similar to unrelated evidence`() async throws {
    try await casebook.log("blocked", try Fixture.blockedSenderFiles())
    let crash = try Fixture.file("crash-concurrent-map.log")
    #expect(try await casebook.similar(to: [crash]).nothingSimilar)
  }

  @Test func `a few words in common are no reason to tell a repair before all else`() async throws {
    let id = try await casebook.log("checkout OOMKilled", service: "checkout").incident.id
    try await resolve(id)
    let similar = try await casebook.log("billing OOMKilled", service: "billing").similar
    let hit = try #require(similar.first)
    #expect(hit.repair != nil)
    #expect(!hit.isLead)
  }

  @Test func `a word and its parts are one reason`() async throws {
    try await casebook.log("checkout OOMKilled", service: "checkout")
    let hit = try await casebook.log("billing OOMKilled", service: "billing").similar.first
    #expect(hit?.why == [SharedTrait(kind: "words", detail: "oomkilled")])
  }

  @Test func `a repair of the same code is told before all else`() async throws {
    let files = try Fixture.blockedSenderFiles()
    let id = try await casebook.log("blocked", files).incident.id
    try await resolve(id)
    #expect(try await casebook.similar(to: files).hits.first?.isLead == true)
  }

  @Test func `the incident that was repaired answers before one as alike that was not`()
    async throws
  {
    let id = try await casebook.log("cart OOMKilled at noon", service: "cart").incident.id
    try await resolve(id)
    try await casebook.log("cart OOMKilled", service: "cart")
    let similar = try await casebook.similar(toText: "cart OOMKilled")
    #expect(similar.repaired?.incident.id == id)
  }

  private func resolve(_ id: IncidentID) async throws {
    try await casebook.resolve(
      id,
      cause: .channelSendBlocked,
      fix: "buffered it",
      commit: nil,
      author: "ann"
    )
  }

  @Test func `nothing is similar in an empty casebook`() async throws {
    #expect(try await casebook.similar(to: try Fixture.blockedSenderFiles()).nothingSimilar)
  }

  @Test func `an incident is not among those like it`() async throws {
    let id = try await casebook.log("blocked", try Fixture.blockedSenderFiles()).incident.id
    #expect(try await casebook.similar(to: id).hits.allSatisfy { $0.incident.id != id })
  }

  @Test func `logging an incident tells those like it`() async throws {
    let first = try await casebook.log("blocked", try Fixture.blockedSenderFiles()).incident.id
    let second = try await casebook.log("blocked again", try Fixture.blockedSenderFiles())
    #expect(second.similar.map(\.incident.id) == [first])
  }

  @Test func `scores are at most 1 and descend`() async throws {
    try await logOthers()
    try await casebook.log("blocked", try Fixture.blockedSenderFiles())
    let scores = try await casebook.similar(to: try Fixture.blockedSenderFiles()).hits.map(\.score)
    #expect(scores.allSatisfy { (0...1).contains($0) })
    #expect(scores == scores.sorted(by: >))
  }

  @Test func `of two that are equally like the resolved one comes first`() async throws {
    let files = try Fixture.blockedSenderFiles()
    let resolved = try await casebook.log("one", files).incident.id
    let reopened = try await casebook.log("two", files).incident.id
    for id in [resolved, reopened] {
      try await casebook.resolve(
        id,
        cause: .channelSendBlocked,
        fix: "drain it",
        commit: nil,
        author: "bob"
      )
    }
    try await casebook.reopen(reopened, why: "again", author: "bob")
    let hits = try await casebook.similar(to: files).hits
    #expect(hits.map(\.incident.id) == [resolved, reopened])
  }

  @Test func `the cause that a person settled is shown`() async throws {
    let id = try await casebook.log("blocked", try Fixture.blockedSenderFiles()).incident.id
    try await casebook.resolve(
      id,
      cause: .contextIgnored,
      fix: "pass the context",
      commit: nil,
      author: "bob"
    )
    let hit = try await casebook.similar(to: try Fixture.blockedSenderFiles()).hits.first
    #expect(hit?.cause == .contextIgnored)
  }

  @Test func `a description finds the incident told in the same words`() async throws {
    try await casebook.log("checkout runs out of file descriptors", story: "sockets pile up")
    let id = try await casebook.log("billing heap doubles", story: "invoices stay cached").incident
      .id
    let similar = try await casebook.similar(toText: "cached invoices in billing")
    #expect(similar.hits.map(\.incident.id) == [id])
  }

  @Test func `a Chinese description finds the incident told in the same words`() async throws {
    let id = try await casebook.log("内存上涨", story: "容器每隔几小时就因为内存超限被重启").incident.id
    #expect(try await casebook.similar(toText: "容器内存超限").hits.map(\.incident.id) == [id])
  }

  @Test func `nothing is similar to a description in other words`() async throws {
    try await casebook.log("billing heap doubles", story: "invoices stay cached")
    #expect(try await casebook.similar(toText: "kernel sockets").nothingSimilar)
  }

  @Test func `sharing one word of many is no likeness`() async throws {
    try await casebook.log("billing heap doubles", story: "invoices stay cached")
    let similar = try await casebook.similar(toText: "kernel sockets and their count doubles")
    #expect(similar.nothingSimilar)
  }

  @Test func `at most as many are told as were asked for`() async throws {
    for _ in 0..<4 { try await casebook.log("blocked", try Fixture.blockedSenderFiles()) }
    let similar = try await casebook.similar(to: try Fixture.blockedSenderFiles(), limit: 2)
    #expect(similar.hits.count == 2)
  }

  /// Incidents of other kinds.
  private func logOthers() async throws {
    for name in [
      "heap-http-body-unclosed.pb.gz", "crash-concurrent-map.log", "goroutine-debug2-cut.txt",
      "goroutine-channel-send-blocked.pb.gz", "samples.jsonl",
    ] {
      try await casebook.log(name, service: "other", [try Fixture.file(name)])
    }
  }
}
