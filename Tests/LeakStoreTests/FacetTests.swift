import LeakModel
import Testing

@testable import LeakStore

struct FacetTests {
  @Test func `what is found is counted by service, cause, state and month`() async throws {
    let store = try await filled()
    let facets = try await facets("grows", in: store)
    #expect(
      facets.services == [.init(value: "relay", incidents: 2), .init(value: "cart", incidents: 1)]
    )
    #expect(facets.causes == [.init(value: "timer-leak", incidents: 2)])
    #expect(
      facets.statuses == [
        .init(value: "open", incidents: 2), .init(value: "resolved", incidents: 1),
      ]
    )
    #expect(
      facets.months
        == [.init(value: "2026-12", incidents: 1), .init(value: "2026-11", incidents: 2)]
    )
    #expect(facets.counted == 3)
    #expect(facets.isComplete)
  }

  @Test func `filters narrow what is counted`() async throws {
    let facets = try await facets("grows service:relay status:open", in: filled())
    #expect(facets.services == [.init(value: "relay", incidents: 1)])
    #expect(facets.counted == 1)
  }

  @Test func `without terms all that the filter lets through are counted`() async throws {
    let facets = try await facets("service:relay", in: filled())
    #expect(facets.counted == 2)
    #expect(facets.isComplete)
  }

  @Test func `a phrase is counted where its words stand together`() async throws {
    let facets = try await facets("\"relay grows\"", in: filled())
    #expect(facets.counted == 1)
  }

  @Test func `of many the best are counted, and that is told`() async throws {
    let store = try Store.inMemory()
    for _ in 0..<520 { try await store.insert(.sample("relay")) }
    for query in ["relay", ""] {
      let facets = try await facets(query, in: store)
      #expect(facets.counted == 500)
      #expect(!facets.isComplete)
    }
  }

  @Test func `nothing found is nothing counted`() async throws {
    let facets = try await facets("zebra", in: filled())
    #expect(facets.counted == 0)
    #expect(facets.services.isEmpty)
    #expect(facets.isComplete)
  }

  private func facets(_ query: String, in store: Store) async throws -> SearchFacets {
    try await store.facets(of: SearchQuery.parse(query, now: .night(minute: 0)))
  }

  private func filled() async throws -> Store {
    let store = try Store.inMemory()
    try await store.insert(.sample("relay grows", service: "relay"))
    let settled = NewIncident.sample("it grows", service: "relay") {
      $0.status = .resolved
      $0.cause = .timerLeak
      $0.fix = "stopped it"
    }
    try await store.insert(settled)
    let judged = try await store.insert(
      .sample("cart grows", service: "cart", minute: 60 * 24 * 14)
    )
    try await store.record(.sample(.timerLeak, culprit: nil), for: judged.id)
    return store
  }
}
