import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakChat
import Testing

@testable import LeakServer

struct DeliveryTests {
  @Test func `what a client has already is not sent again`() async throws {
    try await TestServer().requests { client in
      let first = try await client.get("/api/v1/playbooks")
      let tag = try #require(first.headers[.eTag])
      let second = try await client.get("/api/v1/playbooks", headers: [.ifNoneMatch: tag])
      #expect(second.status == .notModified)
      #expect(second.headers[.eTag] == tag)
      #expect(second.text.isEmpty)
    }
  }

  @Test func `an incident's tag changes with every change`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let before = try #require(try await client.get("/api/v1/incidents/1").headers[.eTag])
      _ = try await client.send(.post, "/api/v1/incidents/1/notes", #"{"text": "seen"}"#)
      let after = try await client.get("/api/v1/incidents/1", headers: [.ifNoneMatch: before])
      #expect(after.status == .ok)
      #expect(after.headers[.eTag] != before)
    }
  }

  @Test func `a long answer is compressed for those who take it`() async throws {
    try await TestServer().requests { client in
      for number in 1...20 { try await client.openIncident("incident \(number)") }
      let plain = try await client.get("/api/v1/incidents")
      let gzip = try await client.get("/api/v1/incidents", headers: [.acceptEncoding: "br, gzip"])
      #expect(gzip.headers[.contentEncoding] == "gzip")
      #expect(plain.headers[.contentEncoding] == nil)
      #expect(gzip.body.readableBytes < plain.body.readableBytes / 3)
      #expect(gzip.headers[.eTag] != plain.headers[.eTag])
      let tag = try #require(gzip.headers[.eTag])
      let again = try await client.get("/api/v1/incidents", headers: [.ifNoneMatch: tag])
      #expect(again.status == .notModified)
    }
  }

  @Test(arguments: [
    ("gzip", true), ("GZIP;q=0.1", true), ("gzip;q=0", false), ("*", true), ("gzip;q=0, *", false),
    ("br", false), ("", false), ("identity, *;q=0", false),
  ])
  func `a coding is taken as its weight says`(header: String, isAccepted: Bool) {
    #expect(Delivery.accepts("gzip", header) == isAccepted)
  }

  @Test(arguments: [
    ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"a-gzip\"", true),
    ("\"b\"", false), ("a", false), ("", false),
  ])
  func `a list of tags names one of them however weakly`(list: String, isMatch: Bool) {
    #expect(Delivery.matches(list, "\"a\"") == isMatch)
  }

  @Test(arguments: ["/healthz", "/readyz", "/metrics"])
  func `what tells of this moment is not to be kept`(path: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get(path)
      #expect(response.headers[.cacheControl] == "no-store")
    }
  }

  @Test func `a request keeps the number that its client gave it`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/nowhere", headers: [.requestID: "trace-7.a_B"])
      #expect(response.headers[.requestID] == "trace-7.a_B")
      #expect(try response.json["instance"].text == "trace-7.a_B")
    }
  }

  @Test(arguments: ["", "two words", "<b>", String(repeating: "a", count: 65)])
  func `a number that could spoil the log is replaced`(number: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/healthz", headers: [.requestID: number])
      #expect(response.headers[.requestID] != number)
    }
  }

  @Test func `every answer tells how long it took`() async throws {
    try await TestServer().requests { client in
      let timing = try await client.get("/api/v1/causes").headers[.serverTiming] ?? ""
      #expect(timing.wholeMatch(of: /total;dur=[0-9.]+/) != nil)
      let bytes = try Fixture.bytes(Fixture.goroutines)
      let diagnosed =
        try await client.upload("/api/v1/diagnose", bytes).headers[.serverTiming] ?? ""
      #expect(diagnosed.wholeMatch(of: /analysis;dur=[0-9.]+, total;dur=[0-9.]+/) != nil)
    }
  }
}

struct SharingTests {
  private static let site = "https://wiki.example"

  @Test func `no other site is allowed to read unless it was named`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/causes", headers: [.origin: Self.site])
      #expect(response.headers[.accessControlAllowOrigin] == nil)
    }
  }

  @Test func `a site that was named may read and write`() async throws {
    try await TestServer(origins: [Self.site]).requests { client in
      let preflight = try await client.execute(
        uri: "/api/v1/incidents",
        method: .options,
        headers: [.origin: Self.site, .accessControlRequestMethod: "POST"]
      )
      #expect(preflight.status == .noContent)
      #expect(preflight.headers[.accessControlAllowMethods] == "GET, HEAD, POST, PATCH, DELETE")
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#,
        headers: [.origin: Self.site]
      )
      #expect(response.status == .created)
      #expect(response.headers[.accessControlAllowOrigin] == Self.site)
      #expect(response.headers[.vary]?.contains("Origin") == true)
    }
  }

  @Test(arguments: ["wiki.example", "https://", "https://a b", "ftp://wiki.example"])
  func `a site is named as browsers do`(origin: String) {
    #expect(throws: ConfigurationError.badOrigin(origin)) { try Configuration(origins: [origin]) }
  }
}
