import LeakModel
import Testing

@testable import LeakStore

struct ProfileSummaryTests {
  private let space = ProfileSummary(
    sampleType: "inuse_space",
    total: 900,
    rows: [
      .init(function: "main.fetch", flat: 600, cum: 700),
      .init(function: "main.cache", flat: 100, cum: 100),
    ]
  )
  private let objects = ProfileSummary(
    sampleType: "inuse_objects",
    total: 9,
    rows: [.init(function: "main.fetch", flat: 6, cum: 7)]
  )

  @Test(arguments: StorePlace.allCases)
  func `summaries are read back in the order of their types`(place: StorePlace) async throws {
    try await place.withStore { store in
      let address = try await keep(in: store)
      try await store.setProfileSummary([space, objects], of: address)
      let stored = try await store.profileSummary(of: address)
      #expect(stored == [objects, space])
    }
  }

  @Test func `new summaries replace those before`() async throws {
    let store = try Store.inMemory()
    let address = try await keep(in: store)
    try await store.setProfileSummary([space, objects], of: address)
    try await store.setProfileSummary([objects], of: address)
    #expect(try await store.profileSummary(of: address) == [objects])
  }

  @Test func `a summary without rows is left out`() async throws {
    let store = try Store.inMemory()
    let address = try await keep(in: store)
    let empty = ProfileSummary(sampleType: "alloc_space", total: 0, rows: [])
    try await store.setProfileSummary([empty], of: address)
    #expect(try await store.profileSummary(of: address).isEmpty)
  }

  @Test func `a summary of bytes that nobody kept is refused`() async throws {
    let store = try Store.inMemory()
    let address = RawCapture.address(of: [1])
    await #expect(throws: StoreError.self) {
      try await store.setProfileSummary([space], of: address)
    }
  }

  private func keep(in store: Store) async throws -> String {
    let capture = RawCapture.sample()
    try await store.insert(.sample(), captures: [capture])
    return capture.evidence.sha256
  }
}
