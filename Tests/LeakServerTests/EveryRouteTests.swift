import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakChat
import LeakStore
import Testing

@testable import LeakServer

struct EveryRouteTests {
  /// Paths as a client asks for them, known and unknown.
  private static let paths = [
    "/", "/healthz", "/readyz", "/metrics", "/api/v1/incidents", "/api/v1/incidents/INC-9",
    "/api/v1/search?q=a", "/api/v1/playbooks", "/api/v1/causes", "/nowhere",
  ]

  @Test(arguments: paths)
  func `every answer has its number and the guards`(path: String) async throws {
    try await TestServer().requests { client in
      let headers = try await client.get(path).headers
      #expect(headers[.requestID]?.isEmpty == false)
      #expect(headers[.xContentTypeOptions] == "nosniff")
      #expect(headers[.referrerPolicy] == "no-referrer")
      #expect(headers[.contentSecurityPolicy] == "default-src 'self'; frame-ancestors 'none'")
    }
  }

  @Test func `a problem's instance is the number of the request`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/nowhere")
      #expect(response.status == .notFound)
      let json = try response.json
      #expect(json.names == ["detail", "instance", "status", "title", "type"])
      #expect(json["instance"].text == response.headers[.requestID])
      #expect(json["status"] == 404)
    }
  }

  @Test(arguments: [
    (HTTPRequest.Method.delete, "/api/v1/incidents", "GET, HEAD, POST"),
    (.put, "/api/v1/incidents/INC-1", "GET, HEAD, PATCH"),
    (.get, "/api/v1/diagnose", "POST"), (.get, "/api/v1/incidents/1/notes", "POST"),
    (.post, "/healthz", "GET, HEAD"), (.trace, "/", "GET, HEAD"),
    (.options, "/metrics", "GET, HEAD"),
  ])
  func `a wrong method is told the right ones`(
    method: HTTPRequest.Method,
    path: String,
    allowed: String
  ) async throws {
    try await TestServer().requests { client in
      let response = try await client.execute(uri: path, method: method)
      #expect(response.status == .methodNotAllowed)
      #expect(response.headers[.allow] == allowed)
      #expect(try response.problem == "method-not-allowed")
    }
  }

  @Test(arguments: ["/nowhere", "/api/v1/incidents/1/nowhere", "/api", "/..%2f..%2fetc/passwd"])
  func `an unknown path is 404 with any method`(path: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.execute(uri: path, method: .delete)
      #expect(response.status == .notFound)
    }
  }

  @Test func `HEAD answers as GET without a body`() async throws {
    try await TestServer().requests { client in
      let response = try await client.execute(uri: "/api/v1/causes", method: .head)
      #expect(response.status == .ok)
      #expect(response.text.isEmpty)
    }
  }

  @Test func `a database that cannot be written still answers what is read`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "leakbook.db").path
    try Store.open(path: path, mode: .create).close()
    let store = try Store.open(path: path, mode: .readOnly)
    try await TestServer(store: store).requests { client in
      let refused = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#
      )
      #expect(refused.status == .serviceUnavailable)
      #expect(!refused.text.contains(path))
      #expect(try await client.get("/readyz").status == .ok)
    }
  }
}
