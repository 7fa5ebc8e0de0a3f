import GoFormats
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

struct SnapshotRoutesTests {
  private static let lines = """
    {"service": "relay", "instance": "a", "t": 1795230789.5, "HeapAlloc": 1000}
    {"service": "relay", "instance": "b", "t": 1795230790, "HeapAlloc": 2000, "VmRSS": 7}

    {"service": "api", "t": 1795230791000, "NumGoroutine": 5}
    """

  private func send(
    _ client: any TestClientProtocol,
    _ text: String,
    query: String = ""
  ) async throws -> TestResponse {
    try await client.upload(
      "/api/v1/snapshots\(query)",
      Array(text.utf8),
      type: "application/x-ndjson"
    )
  }

  @Test func `lines are kept with the process they name`() async throws {
    try await TestServer().requests { client in
      let response = try await send(client, Self.lines)
      #expect(response.text == "{\"services\":[\"api\",\"relay\"],\"snapshots\":3}\n")
      let series = try await client.get("/api/v1/services/relay/series").json["items"]
      #expect(series.items.map { $0["instance"].text } == ["a", "b"])
      #expect(series[0]["t"] == .number(1_795_230_789.5))
      #expect(series[1].names == ["HeapAlloc", "VmRSS", "instance", "t"])
      let api = try await client.get("/api/v1/services/api/series").json["items"]
      #expect(api[0]["t"] == 1_795_230_791)
    }
  }

  @Test func `a line without names takes those of the query`() async throws {
    try await TestServer().requests { client in
      let line = #"{"t": 1795230789, "HeapAlloc": 1}"#
      let refused = try await send(client, line)
      #expect(refused.status == .badRequest)
      #expect(try await send(client, line, query: "?service=a%2Fb&instance=i").status == .ok)
      let series = try await client.get("/api/v1/services/a%2Fb/series").json["items"]
      #expect(series[0]["instance"].text == "i")
    }
  }

  @Test(arguments: [
    "[]", "{}", "{\"t\": 1}", "{\"service\": \"s\", \"t\": \"x\"}", "nonsense", "",
    "{\"service\": \"s\", \"t\": 1795230789, \"Unknown\": 1}",
    "{\"service\": \"s\", \"t\": 1e300, \"HeapAlloc\": 1}",
    "{\"service\": \" \", \"t\": 1795230789, \"HeapAlloc\": 1}",
  ])
  func `a broken line refuses all of them`(line: String) async throws {
    try await TestServer().requests { client in
      let good = #"{"service": "good", "t": 1795230789, "HeapAlloc": 1}"#
      let text = line.isEmpty ? "" : good + "\n" + line
      let response = try await send(client, text)
      #expect(response.status == .badRequest)
      #expect(try await client.get("/api/v1/services").json["items"].items == [])
    }
  }

  @Test func `what was handed in is handed out as it can be handed in again`() async throws {
    try await TestServer().requests { client in
      _ = try await send(client, Self.lines)
      let path = "/api/v1/services/relay/series"
      let headers: HTTPFields = [.accept: "application/x-ndjson"]
      let out = try await client.get(path, headers: headers).text
      #expect(try await send(client, out, query: "?service=relay").status == .ok)
      #expect(try await client.get(path, headers: headers).text == out)
    }
  }

  @Test func `a series is read page by page`() async throws {
    try await TestServer().requests { client in
      _ = try await send(client, Self.lines)
      let first = try await client.get("/api/v1/services/relay/series?limit=1").json
      let next = try #require(first["next"].text)
      let second = try await client.get("/api/v1/services/relay/series?limit=1&after=\(next)").json
      #expect(first["items"][0]["instance"].text == "a")
      #expect(second["items"][0]["instance"].text == "b")
      #expect(second["next"] == .null)
    }
  }

  @Test func `a long series is the same in pieces, in every form and compressed`() async throws {
    try await TestServer().requests { client in
      // More than is read, and than is sent, at a time; two processes at the same moments.
      let lines = (0..<1_100).flatMap { number in
        ["a", "b"].map { name in
          #"{"service": "relay", "instance": "\#(name)", "t": \#(1_795_230_789 + number), "#
            + #""HeapAlloc": \#(number)}"#
        }
      }
      _ = try await send(client, lines.joined(separator: "\n"))
      let path = "/api/v1/services/relay/series?limit=2100"
      let page = try await client.get(path)
      let json = try page.json
      let wanted = (0..<1_050).flatMap { [Int64($0), Int64($0)] }
      #expect(json["items"].items.map { $0["HeapAlloc"].wholeNumber } == wanted)
      #expect(
        json["items"].items.map { $0["instance"].text }
          == wanted.indices.map { ["a", "b"][$0 % 2] }
      )
      let next = try #require(json["next"].text)
      #expect(page.headers[.link]?.contains("after=\(next)") == true)
      let rest = try await client.get("\(path)&after=\(next)").json
      #expect(rest["items"].items.count == 100)
      #expect(rest["next"] == .null)

      let text = try await client.get(path, headers: [.accept: "application/x-ndjson"]).text
      #expect(text.split(separator: "\n").count == 2_100)
      let table = try await client.get(path + "&fields=t", headers: [.accept: "text/csv"]).text
      #expect(table.hasPrefix("t\r\n1795230789\r\n1795230789\r\n1795230790\r\n"))

      let packed = try await client.get(path, headers: [.acceptEncoding: "gzip"])
      #expect(packed.headers[.contentEncoding] == "gzip")
      let bytes = try Gzip.inflate(Array(packed.body.readableBytesView), limits: .default)
      #expect(String(decoding: bytes, as: UTF8.self) == page.text)
    }
  }

  @Test func `a series that the client knows is not sent again`() async throws {
    try await TestServer().requests { client in
      _ = try await send(client, Self.lines)
      let path = "/api/v1/services/relay/series"
      let tag = try #require(try await client.get(path).headers[.eTag])
      #expect(try await client.get(path, headers: [.ifNoneMatch: tag]).status == .notModified)
      _ = try await send(client, #"{"service": "relay", "t": 1795230792, "HeapAlloc": 1}"#)
      #expect(try await client.get(path, headers: [.ifNoneMatch: tag]).status == .ok)
    }
  }

  @Test func `a series is cut by process and time`() async throws {
    try await TestServer().requests { client in
      _ = try await send(client, Self.lines)
      let path = "/api/v1/services/relay/series"
      let byName = try await client.get("\(path)?instance=b").json["items"]
      let byTime = try await client.get("\(path)?until=2026-11-21T03:13:10Z").json["items"]
      #expect(byName.items.count == 1)
      #expect(byTime.items.map { $0["instance"].text } == ["a"])
    }
  }

  @Test(arguments: ["/api/v1/services/none", "/api/v1/services/none/series"])
  func `a service that nobody reported is not there`(path: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get(path)
      #expect(response.status == .notFound)
      #expect(try response.problem == "no-such-service")
    }
  }
}

struct SlowAnalysisTests {
  @Test func `evidence that takes longer than the client's patience is kept and answered`()
    async throws
  {
    var limits = Configuration.Limits()
    limits.patience = .zero
    let server = try TestServer(limits: limits)
    let bytes = try Fixture.bytes(Fixture.goroutines)
    try await server.requests { client in
      try await client.openIncident()
      let response = try await client.upload("/api/v1/incidents/1/evidence?name=g.pb.gz", bytes)
      #expect(response.status == .accepted)
      #expect(response.headers[.location] == "/api/v1/incidents/INC-1")
      #expect(try response.json["added"][0]["source"].text == "g.pb.gz")
    }
    let evidence = try await server.casebook.store.evidence(of: IncidentID(number: 1))
    #expect(evidence.map(\.source) == ["g.pb.gz"])
  }
}
