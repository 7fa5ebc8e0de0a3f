import HTTPTypes
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

struct IncidentRoutesTests {
  @Test func `a new incident is answered with its place and its facts`() async throws {
    try await TestServer().requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "api eats memory", "service": "api", "severity": "P1", "labels": {"pod": "a"}}"#
      )
      #expect(response.status == .created)
      #expect(response.headers[.location] == "/api/v1/incidents/INC-1")
      let json = try response.json
      #expect(json["id"] == .text("INC-1"))
      #expect(json["severity"] == .text("P1"))
      #expect(json["opened_at"] == .text("2026-11-20T03:00:00Z"))
      #expect(json["labels"] == .object(["pod": .text("a")]))
      #expect(json["cause"] == .null)
    }
  }

  @Test func `an incident with cause and fix is resolved at once`() async throws {
    try await TestServer().requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s", "cause": "timer-leak", "fix": "stop the ticker"}"#
      )
      #expect(try response.json["status"] == .text("resolved"))
    }
  }

  @Test(arguments: [
    (#"{"service": "s"}"#, "bad-request", "title"),
    (#"{"title": " ", "service": "s"}"#, "bad-request", "title"),
    (#"{"title": "t", "service": 3}"#, "bad-request", "service"),
    (#"{"title": "t", "service": "s", "owner": "me"}"#, "unknown-field", "owner"),
    (#"{"title": "t", "service": "s", "severity": "P9"}"#, "bad-request", "P0, P1, P2, P3"),
    (#"{"title": "t", "service": "s", "at": "yesterday"}"#, "bad-request", "yesterday"),
    (#"{"title": "t", "service": "s", "cause": "timer-leak"}"#, "bad-request", "fix"),
    (
      #"{"title": "t", "service": "s", "cause": "gremlins", "fix": "f"}"#, "bad-request", "gremlins"
    ),
    (#"{"title": "t", "service": "s", "cause": "unknown", "fix": "f"}"#, "bad-request", "unknown"),
    (#"["title"]"#, "bad-request", "JSON object"),
    ("{", "bad-request", "JSON object"),
    ("", "bad-request", "JSON object"),
  ])
  func `a field that cannot be used is named`(
    body: String,
    problem: String,
    named: String
  ) async throws {
    try await TestServer().requests { client in
      let response = try await client.send(.post, "/api/v1/incidents", body)
      #expect(response.status == .badRequest)
      #expect(try response.problem == problem)
      #expect(try response.json["detail"].text?.contains(named) == true)
    }
  }

  @Test func `brackets nested a hundred thousand deep are refused`() async throws {
    try await TestServer().requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        String(repeating: "[", count: 100_000)
      )
      #expect(response.status == .badRequest)
    }
  }

  @Test func `another media type than JSON is refused`() async throws {
    try await TestServer().requests { client in
      let response = try await client.upload(
        "/api/v1/incidents",
        Array("title=t".utf8),
        type: "application/x-www-form-urlencoded"
      )
      #expect(response.status == .unsupportedMediaType)
    }
  }

  @Test func `the same key and body give the same answer and one incident`() async throws {
    let server = try TestServer()
    try await server.requests { client in
      let body = #"{"title": "t", "service": "s"}"#
      let key: HTTPFields = [.idempotencyKey: "k1"]
      let first = try await client.send(.post, "/api/v1/incidents", body, headers: key)
      let second = try await client.send(.post, "/api/v1/incidents", body, headers: key)
      #expect(second.status == .created)
      #expect(second.text == first.text)
      #expect(second.headers[.location] == first.headers[.location])
    }
    #expect(try await server.casebook.store.incidents().items.count == 1)
  }

  @Test func `the same key with another body is refused`() async throws {
    try await TestServer().requests { client in
      let key: HTTPFields = [.idempotencyKey: "k1"]
      _ = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#,
        headers: key
      )
      let other = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "u", "service": "s"}"#,
        headers: key
      )
      #expect(other.status == .unprocessableContent)
      #expect(try other.problem == "key-reused")
    }
  }

  @Test func `a refused request leaves its key free`() async throws {
    try await TestServer().requests { client in
      let key: HTTPFields = [.idempotencyKey: "k1"]
      _ = try await client.send(.post, "/api/v1/incidents", "{}", headers: key)
      let second = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#,
        headers: key
      )
      #expect(second.status == .created)
    }
  }

  @Test func `pages follow one another without a gap`() async throws {
    try await TestServer().requests { client in
      for title in ["a", "b", "c"] { try await client.openIncident(title) }
      let first = try await client.get("/api/v1/incidents?limit=2").json
      let next = try #require(first["next"].text)
      let second = try await client.get("/api/v1/incidents?limit=2&after=\(next)").json
      #expect(
        (first["items"].items + second["items"].items).map { $0["title"].text } == ["c", "b", "a"]
      )
      #expect(second["next"] == .null)
    }
  }

  @Test(arguments: [
    ("service=api", 1), ("service=other", 0), ("status=open", 1), ("status=resolved", 0),
    ("severity=P2", 1), ("severity=P0", 0), ("cause=timer-leak", 0),
    ("since=2026-11-20T03:00:00Z", 1), ("until=2026-11-20T03:00:00Z", 0),
    ("since=2026-11-20T04:00:00%2B01:00", 1),
  ])
  func `a filter lets through what fits`(query: String, count: Int) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      #expect(try await client.get("/api/v1/incidents?\(query)").json["items"].items.count == count)
    }
  }

  @Test(arguments: [
    "limit=0", "limit=201", "limit=x", "status=broken", "cause=gremlins", "since=7", "after=!",
    "colour=red", "limit=1&limit=2", "service=%ff",
  ])
  func `a parameter that cannot be used is refused`(query: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/incidents?\(query)")
      #expect(response.status == .badRequest)
    }
  }

  @Test(arguments: ["INC-1", "inc-1", "1"])
  func `an incident is found by its number`(id: String) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let json = try await client.get("/api/v1/incidents/\(id)").json
      #expect(json["id"] == .text("INC-1"))
      #expect(json["evidence"] == .list([]))
      #expect(json["diagnosis"] == .null)
      #expect(json["timeline"][0]["kind"] == .text("opened"))
    }
  }

  @Test(arguments: ["INC-2", "INC-x", "-1", "0", "99999999999999999999"])
  func `an incident that is not there is 404`(id: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/incidents/\(id)")
      #expect(response.status == .notFound)
      #expect(try response.problem == "no-such-incident")
    }
  }

  @Test func `an empty store has nothing similar`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let json = try await client.get("/api/v1/incidents/1/similar").json
      #expect(json["schema"] == .text("leakbook.hits/1"))
      #expect(json["nothing_similar"] == .bool(true))
    }
  }
}
