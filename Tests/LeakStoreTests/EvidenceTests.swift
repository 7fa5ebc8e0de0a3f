import LeakModel
import Testing

@testable import LeakStore

struct EvidenceTests {
  @Test(arguments: StorePlace.allCases)
  func `evidence comes back in order with its bytes`(place: StorePlace) async throws {
    try await place.withStore { store in
      let captures = [RawCapture.sample("b.txt", text: "two"), .sample("a.txt", text: "one")]
      let id = try await store.insert(.sample(), captures: captures).id
      #expect(try await store.evidence(of: id) == captures.map(\.evidence))
      for capture in captures {
        #expect(try await store.bytes(of: capture.evidence.sha256) == capture.bytes)
      }
    }
  }

  @Test func `bytes that nobody kept are nil`() async throws {
    let store = try Store.inMemory()
    #expect(try await store.bytes(of: RawCapture.address(of: [])) == nil)
  }

  @Test func `the same bytes are kept once for all incidents`() async throws {
    let store = try Store.inMemory()
    let capture = RawCapture.sample()
    let first = try await store.insert(.sample(), captures: [capture])
    let second = try await store.insert(.sample(), captures: [capture])
    let address = capture.evidence.sha256
    #expect(try await store.captures() == [StoredCapture(sha256: address, size: 18)])
    #expect(try await store.evidence(of: first.id) == store.evidence(of: second.id))
  }

  @Test func `the same capture is not added to an incident twice`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample(), captures: [.sample("a"), .sample("a")]).id
    let added = try await store.keep([.sample("a"), .sample("b")], for: id, author: "mia")
    #expect(added.map(\.source) == ["b"])
    #expect(try await store.evidence(of: id).map(\.source) == ["a", "b"])
  }

  @Test func `only new evidence is told in the timeline and moves the last change`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample(), captures: [.sample("a")]).id
    try await store.keep([.sample("a", minute: 8)], for: id, author: "mia")
    #expect(try await store.incident(id).updatedAt == .night(minute: 0))
    try await store.keep(
      [.sample("b", minute: 9), .sample("c", minute: 9)],
      for: id,
      author: "kai"
    )
    #expect(try await store.incident(id).updatedAt == .night(minute: 9))
    let last = try await store.timeline(of: id).last
    #expect(
      last
        == TimelineEvent(
          at: .night(minute: 9),
          author: "kai",
          kind: .evidence,
          detail: "b, c"
        )
    )
  }

  @Test func `an empty capture is kept`() async throws {
    let store = try Store.inMemory()
    let id = try await store.insert(.sample(), captures: [.sample(text: "")]).id
    let address = try #require(try await store.evidence(of: id).first?.sha256)
    #expect(try await store.bytes(of: address) == [])
  }

  @Test func `a size that is not that of the bytes undoes the whole incident`() async throws {
    let store = try Store.inMemory()
    let evidence = Evidence(
      sha256: RawCapture.address(of: [1]),
      source: "a",
      format: nil,
      size: 5,
      capturedAt: nil,
      addedAt: .night(minute: 0)
    )
    await #expect(throws: StoreError.self) {
      try await store.insert(
        .sample(),
        captures: [.sample(), RawCapture(evidence: evidence, bytes: [1])]
      )
    }
    #expect(try await store.incidents().items.isEmpty)
    #expect(try await store.captures().isEmpty)
  }

  @Test func `evidence for an unknown incident is an error`() async throws {
    let store = try Store.inMemory()
    let id = IncidentID(number: 1)
    await #expect(throws: StoreError.noSuchIncident(id)) {
      try await store.keep([.sample()], for: id, author: "mia")
    }
    await #expect(throws: StoreError.noSuchIncident(id)) { try await store.evidence(of: id) }
    #expect(try await store.captures().isEmpty)
  }

  @Test func `what captures turned out to be is noted with each`() async throws {
    let store = try Store.inMemory()
    let capture = RawCapture.sample()
    let id = try await store.insert(.sample(), captures: [capture]).id
    let description = CaptureDescription(
      sha256: capture.evidence.sha256,
      format: "pprof-goroutine",
      capturedAt: nil
    )
    try await store.describe([description], of: id)
    let evidence = try await store.evidence(of: id)
    #expect(evidence.map(\.format) == ["pprof-goroutine"])
    #expect(evidence.map(\.capturedAt) == [nil])
  }
}
