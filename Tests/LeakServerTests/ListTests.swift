import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakChat
import Testing

@testable import LeakServer

struct ListTests {
  @Test(
    arguments: [
      (nil, .json), ("", .json), ("*/*", .json), ("text/csv", .csv), ("text/*", .csv),
      ("application/x-ndjson, application/json;q=0.5", .lines), ("text/html, */*;q=0.1", .json),
      ("application/json;q=0, */*", .lines), ("application/xml", nil), ("text/csv;q=0", nil),
    ] as [(String?, ListForm?)]
  )
  func `a list comes in the form that a client likes best`(accept: String?, form: ListForm?) {
    #expect(ListForm(accept: accept) == form)
  }

  @Test func `a client that takes none of the forms is told them`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/causes", headers: [.accept: "image/png"])
      #expect(response.status == .notAcceptable)
      #expect(try response.json["detail"].text?.contains("text/csv") == true)
    }
  }

  @Test func `lines are the items, one JSON object each`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("one")
      try await client.openIncident("two")
      let headers: HTTPFields = [.accept: "application/x-ndjson"]
      let response = try await client.get("/api/v1/incidents?fields=title", headers: headers)
      #expect(response.headers[.contentType] == "application/x-ndjson")
      #expect(response.text == "{\"title\":\"two\"}\n{\"title\":\"one\"}\n")
    }
  }

  @Test func `a table has the fields picked, in the order picked`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("a, \\\"b\\\"")
      let response = try await client.get(
        "/api/v1/incidents?fields=service,title,cause",
        headers: [.accept: "text/csv"]
      )
      #expect(response.text == "service,title,cause\r\napi,\"a, \"\"b\"\"\",\r\n")
    }
  }

  @Test func `every field of an incident can be picked`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("one")
      guard case .object(let whole) = try await client.get("/api/v1/incidents/INC-1").json else {
        Issue.record("an incident is an object")
        return
      }
      for name in whole.keys {
        let picked = try await client.get("/api/v1/incidents/INC-1?fields=\(name)")
        #expect(try picked.json == .object([name: whole[name] ?? .null]))
      }
    }
  }

  @Test func `what is not the same, and what helped, can be picked of the like`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("relay eats memory")
      let uri = "/api/v1/similar?text=relay%20memory&fields=incident,differences,repair"
      let hit = try await client.get(uri).json["hits"][0]
      #expect(hit["incident"].text == "INC-1")
      #expect(hit["differences"] == [])
      let search = try await client.get("/api/v1/search?q=memory&fields=repair")
      #expect(search.status == .badRequest)
    }
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
  func `no text of a table is a formula`(text: String) throws {
    #expect(try CSVText.field(.text(text)).drop { $0 == "\"" }.hasPrefix("'"))
  }

  @Test func `a field that is not there is named`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/incidents?fields=id,titel")
      #expect(response.status == .badRequest)
      #expect(try response.json["detail"].text?.hasPrefix("there is no field \"titel\"") == true)
    }
  }

  @Test func `hits keep their document when fields are picked`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("relay eats memory")
      let json = try await client.get("/api/v1/search?q=relay&fields=incident").json
      #expect(json["schema"].text == "leakbook.hits/1")
      #expect(json["hits"][0].names == ["incident"])
    }
  }

  @Test func `an incident shows the fields picked`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let json = try await client.get("/api/v1/incidents/1?fields=id,timeline").json
      #expect(json.names == ["id", "timeline"])
    }
  }

  @Test(arguments: [
    "opened_at", "-opened_at", "updated_at", "-updated_at", "severity", "-severity",
  ])
  func `pages in any order neither repeat nor skip when others are added`(sort: String) async throws
  {
    try await TestServer().requests { client in
      for number in 0..<7 {
        let body = #"{"title": "n\#(number)", "service": "s", "severity": "P\#(number % 3)"}"#
        _ = try await client.send(.post, "/api/v1/incidents", body)
      }
      var seen: [String] = []
      var after = ""
      repeat {
        let page = try await client.get("/api/v1/incidents?sort=\(sort)&limit=2\(after)")
        let json = try page.json
        seen += json["items"].items.compactMap { $0["id"].text }
        after = json["next"].text.map { "&after=\($0)" } ?? ""
        #expect((page.headers[.link] == nil) == after.isEmpty)
        if seen.count == 2 { try await client.openIncident("in between") }
      } while !after.isEmpty
      let first = (1...7).map { "INC-\($0)" }
      #expect(Set(seen).isSuperset(of: first))
      #expect(Set(seen).count == seen.count)
    }
  }

  @Test func `a cursor of another order is refused`() async throws {
    try await TestServer().requests { client in
      for _ in 0..<3 { try await client.openIncident() }
      let next = try await client.get("/api/v1/incidents?limit=1").json["next"].text ?? ""
      let response = try await client.get("/api/v1/incidents?sort=severity&after=\(next)")
      #expect(response.status == .conflict)
    }
  }

  @Test func `the most urgent come first where severity ascends`() async throws {
    try await TestServer().requests { client in
      for severity in ["P2", "P0", "P1"] {
        let body = #"{"title": "t", "service": "s", "severity": "\#(severity)"}"#
        _ = try await client.send(.post, "/api/v1/incidents", body)
      }
      let json = try await client.get("/api/v1/incidents?sort=severity").json
      #expect(json["items"].items.map { $0["severity"].text } == ["P0", "P1", "P2"])
    }
  }
}

struct RevisionTests {
  private func change(_ client: any TestClientProtocol, tag: String) async throws -> TestResponse {
    try await client.send(
      .patch,
      "/api/v1/incidents/1",
      #"{"title": "new", "status": "mitigated"}"#,
      headers: [.ifMatch: tag]
    )
  }

  @Test func `a change that rests on what is there now is made`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let tag = try #require(try await client.get("/api/v1/incidents/1").headers[.eTag])
      let response = try await change(client, tag: tag)
      #expect(response.status == .ok)
      #expect(response.headers[.eTag] != tag)
      #expect(try response.json["title"].text == "new")
    }
  }

  @Test(arguments: ["\"r999\"", "W/\"r1\"", "\"other\"", ""])
  func `a change that rests on something else is refused, and nothing is changed`(
    tag: String
  ) async throws {
    try await TestServer().requests { client in
      try await client.openIncident("old")
      let response = try await change(client, tag: tag)
      #expect(response.status == .preconditionFailed)
      #expect(try response.problem == "precondition-failed")
      #expect(try await client.get("/api/v1/incidents/1").json["title"].text == "old")
    }
  }

  @Test(arguments: ["*", "\"r999\", \"r1\"", "\"r1-gzip\""])
  func `a star, or one tag of several, suffices`(tag: String) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      #expect(try await change(client, tag: tag).status == .ok)
    }
  }
}
