import HTTPTypes
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

struct AnswerCacheTests {
  @Test func `a value is given again in its generation only`() {
    let cache = GenerationCache<String, Int>(mostEntries: 2)
    cache.keep(7, for: "a", at: 1)
    #expect(cache.value(for: "a", at: 1) == 7)
    #expect(cache.value(for: "a", at: 2) == nil)
    cache.keep(8, for: "a", at: 0)
    #expect(cache.value(for: "a", at: 0) == nil)
  }

  @Test func `no more values are kept than fit`() {
    let cache = GenerationCache<Int, Int>(mostEntries: 2)
    for number in 1...3 { cache.keep(number, for: number, at: 1) }
    #expect((1...3).filter { cache.value(for: $0, at: 1) != nil } == [3])
  }

  @Test func `an answer asked for again tells of what was written in between`() async throws {
    try await TestServer().requests { client in
      for title in ["one", "two"] {
        try await client.openIncident(title)
        let json = try await client.get("/api/v1/incidents?limit=1").json
        #expect(json["items"][0]["title"].text == title)
      }
    }
  }

  @Test func `an answer in one form is not given for another`() async throws {
    try await TestServer().requests { client in
      let json = try await client.get("/api/v1/causes")
      let csv = try await client.get("/api/v1/causes", headers: [.accept: "text/csv"])
      let chinese = try await client.get("/api/v1/causes", headers: [.acceptLanguage: "zh"])
      #expect(json.text != csv.text)
      #expect(json.text != chinese.text)
    }
  }

  @Test func `a token that is revoked is refused from the next request on`() async throws {
    let server = try TestServer()
    let token = try await server.token("bot", [.read])
    try await server.requests { client in
      let before = try await client.get("/api/v1/causes", headers: .bearer(token))
      _ = try await server.casebook.revokeToken(named: "bot", actor: "user:tester")
      let after = try await client.get("/api/v1/causes", headers: .bearer(token))
      #expect(before.status == .ok)
      #expect(after.status == .unauthorized)
    }
  }
}
