import HTTPTypes
import HummingbirdTesting
import LeakCasebook
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

/// What becomes of a request under a key that was cut off: here by a claim without an answer, as a
/// crash between the two leaves it.
struct IdempotencyTests {
  private static let body = #"{"title": "t", "service": "s"}"#
  private static let key: HTTPFields = [.idempotencyKey: "k1"]

  @Test func `a request that was cut off is not done twice, and is told what was kept`()
    async throws
  {
    let store = try Store.inMemory()
    let server = try TestServer(store: store)
    try await server.requests { client in
      let first = try await client.send(.post, "/api/v1/incidents", Self.body, headers: Self.key)
      #expect(first.status == .created)
      let hash = try #require(try await store.recall("local k1")).requestHash
      try await store.forgetResponses(before: Instant(milliseconds: .max))
      let claim = Claim(key: "local k1", requestHash: hash, at: TestServer.present)
      let event = TimelineEvent(at: TestServer.present, author: "api", kind: .note, detail: "x")
      try await Claim.$current.withValue(claim) {
        try await store.add(event, to: IncidentID(number: 1))
      }

      let second = try await client.send(.post, "/api/v1/incidents", Self.body, headers: Self.key)
      #expect(second.status == .conflict)
      #expect(try second.problem == "request-cut-off")
      #expect(second.text.contains("/api/v1/incidents/INC-1"))
    }
    #expect(try await store.incidents().items.count == 1)
  }

  @Test func `an answer is found under its key with what it wrote`() async throws {
    let server = try TestServer()
    try await server.requests { client in
      _ = try await client.send(.post, "/api/v1/incidents", Self.body, headers: Self.key)
    }
    let known = try #require(try await server.casebook.store.recall("local k1"))
    #expect(known.incident == IncidentID(number: 1))
    #expect(known.response != nil)
  }
}
