import LeakModel
import Testing

@testable import LeakStore

struct ServiceTests {
  @Test(arguments: StorePlace.allCases)
  func `a service is seen from its first incident to its last`(place: StorePlace) async throws {
    try await place.withStore { store in
      for minute in [5, 1, 9] { try await store.insert(.sample(minute: minute)) }
      let services = try await store.services()
      #expect(
        services == [
          Service(
            name: "api",
            limit: nil,
            firstSeen: .night(minute: 1),
            lastSeen: .night(minute: 9)
          )
        ]
      )
    }
  }

  @Test func `services come in the order of their names`() async throws {
    let store = try Store.inMemory()
    for name in ["cart", "api", "jobs"] { try await store.insert(.sample(service: name)) }
    #expect(try await store.services().map(\.name) == ["api", "cart", "jobs"])
  }

  @Test func `a limit is kept and forgotten`() async throws {
    let store = try Store.inMemory()
    try await store.setLimit(Bytes(1 << 31), of: "api", at: .night(minute: 0))
    #expect(try await store.service(named: "api")?.limit == Bytes(1 << 31))
    try await store.setLimit(nil, of: "api", at: .night(minute: 1))
    #expect(try await store.service(named: "api")?.limit == nil)
  }

  @Test func `a limit outlives further incidents`() async throws {
    let store = try Store.inMemory()
    try await store.setLimit(Bytes(1 << 31), of: "api", at: .night(minute: 0))
    try await store.insert(.sample(minute: 5))
    #expect(try await store.service(named: "api")?.limit == Bytes(1 << 31))
  }

  @Test func `a service that nobody reported is nil`() async throws {
    #expect(try await Store.inMemory().service(named: "api") == nil)
  }
}
