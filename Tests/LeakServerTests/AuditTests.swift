import HTTPTypes
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

struct AuditTests {
  private func entries(_ server: TestServer) async throws -> [AuditEntry] {
    try await server.casebook.store.auditRecords(after: 0, limit: 100).map(\.entry)
  }

  @Test func `what changes something is noted with who did it and what came of it`() async throws {
    let server = try TestServer()
    let token = try await server.token("pager", [.write])
    try await server.requests { client in
      let body = #"{"title": "t", "service": "s"}"#
      let headers = HTTPFields.bearer(token)
      _ = try await client.send(.post, "/api/v1/incidents", body, headers: headers)
      _ = try await client.send(.post, "/api/v1/incidents", "{", headers: headers)
      _ = try await client.get("/api/v1/incidents", headers: headers)
    }
    let entries = try await entries(server)
    #expect(
      entries.map(\.action) == ["token create", "POST /api/v1/incidents", "POST /api/v1/incidents"]
    )
    #expect(entries.map(\.actor) == ["user:tester", "token:pager", "token:pager"])
    #expect(entries.map(\.result) == ["done", "201", "400"])
    #expect(entries.map(\.target) == ["pager", "/api/v1/incidents/INC-1", "/api/v1/incidents"])
  }

  @Test func `a token that is tried in vain is noted`() async throws {
    let server = try TestServer()
    let token = try await server.token("reader", [.read])
    try await server.requests { client in
      _ = try await client.get("/api/v1/causes", headers: .bearer("lbk_wrong"))
      _ = try await client.get("/api/v1/audit", headers: .bearer(token))
    }
    let results = try await entries(server).map { "\($0.actor) \($0.result)" }
    #expect(results == ["user:tester done", "anonymous 401", "token:reader 403"])
  }

  @Test func `the log is read by those who may, the newest first, page by page`() async throws {
    let server = try TestServer()
    let token = try await server.token("auditor", [.admin])
    for number in 1...3 { _ = try await server.token("bot \(number)", [.read]) }
    try await server.requests { client in
      let first = try await client.get("/api/v1/audit?limit=2", headers: .bearer(token)).json
      #expect(first["items"].items.map { $0["target"].text } == ["bot 3", "bot 2"])
      let next = try #require(first["next"].text)
      let second = try await client.get(
        "/api/v1/audit?limit=2&after=\(next)",
        headers: .bearer(token)
      ).json
      #expect(second["items"].items.map { $0["target"].text } == ["bot 1", "auditor"])
      #expect(second["next"] == .null)
    }
  }
}
