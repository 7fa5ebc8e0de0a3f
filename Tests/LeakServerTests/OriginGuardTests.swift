import HTTPTypes
import HummingbirdTesting
import Testing

@testable import LeakServer

struct OriginGuardTests {
  private let guardian = OriginGuard(hostNames: ["leakbook.example"])

  @Test(arguments: [
    "localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:80", "127.8.9.1", "[::1]", "[::1]:8080",
    "leakbook.example", "leakbook.example:443",
  ])
  func `names of this machine are ours`(authority: String) {
    #expect(guardian.isOurs(authority))
  }

  @Test(arguments: [
    "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.256",
    "127.1", "0.0.0.0", "[::]", "[::1", "[::1]x", "localhost:", "localhost:80x", "localhost@evil",
    "evil@localhost", "localhost ", "2130706433", "[::ffff:127.0.0.1]", "localhost.", "０",
  ])
  func `any other name is not`(authority: String) {
    #expect(!guardian.isOurs(authority))
  }

  @Test(arguments: ["http://localhost", "https://LOCALHOST"])
  func `a page of this server may write`(origin: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#,
        headers: [.origin: origin]
      )
      #expect(response.status == .created)
    }
  }

  @Test(arguments: ["http://evil.example", "http://localhost:81", "null", ""])
  func `a page of another site may not`(origin: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/incidents",
        #"{"title": "t", "service": "s"}"#,
        headers: [.origin: origin]
      )
      #expect(response.status == .forbidden)
      #expect(try response.problem == "foreign-origin")
    }
  }
}

struct ConfigurationTests {
  @Test(arguments: ["0.0.0.0", "::", "192.168.1.2", "example.com", ""])
  func `an address that other machines reach is refused`(host: String) {
    #expect(throws: ConfigurationError.notLoopback(host)) { try Configuration(host: host) }
  }

  @Test(arguments: ["127.0.0.1", "localhost", "::1"])
  func `an address of this machine is taken`(host: String) throws {
    #expect(try Configuration(host: host).host == host)
  }

  @Test func `a port beyond 65535 is refused`() {
    #expect(throws: ConfigurationError.badPort(65_536)) { try Configuration(port: 65_536) }
  }
}
