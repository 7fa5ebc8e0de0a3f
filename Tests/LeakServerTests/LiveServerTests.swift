import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakServer
import NIOCore
import Testing

/// Over a socket: what the router alone cannot show.
struct LiveServerTests {
  /// Sends one request with a `Host` header of its own.
  private func get(_ path: String, host: String, port: Int) async throws -> TestClient.Response {
    let client = TestClient(
      host: "localhost",
      port: port,
      configuration: TestClient.Configuration(timeout: .seconds(60))
    )
    client.connect()
    let request = TestClient.Request(path, method: .get, authority: host)
    let response = try await client.execute(request)
    try await client.shutdown()
    return response
  }

  @Test func `the port that was given is told and answers`() async throws {
    let (ports, told) = AsyncStream.makeStream(of: Int.self)
    let application = try TestServer().application.application { told.yield($0) }
    try await application.test(.live) { client in
      let port = await ports.first { _ in true }
      #expect(port == client.port)
      let health = try await client.get("/healthz")
      #expect(health.text == "{\"status\":\"ok\"}\n")
    }
  }

  @Test func `a request meant for another host is turned away`() async throws {
    try await TestServer().application.application().test(.live) { client in
      let port = try #require(client.port)
      let foreign = try await get("/healthz", host: "evil.example", port: port)
      let own = try await get("/healthz", host: "127.0.0.1:\(port)", port: port)
      #expect(foreign.status == .misdirectedRequest)
      #expect(own.status == .ok)
    }
  }

  @Test func `a server whose task is cancelled ends`() async throws {
    let (ports, told) = AsyncStream.makeStream(of: Int.self)
    let server = try TestServer().application
    let running = Task { try await server.run { port, _ in told.yield(port) } }
    let port = await ports.first { _ in true }
    running.cancel()
    _ = await running.result
    #expect(port != 0)
  }
}
