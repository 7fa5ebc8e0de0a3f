import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore
import Testing

@testable import LeakServer

/// Every route with every kind of client: who gets in, and that nobody else learns anything.
struct AccessMatrixTests {
  /// What a client shows.
  enum Client: String, CaseIterable {
    case nobody
    case read
    case ingest
    case write
    case admin
    case revoked
    case expired
    case forged
  }

  /// Whom each route lets in, as the documentation says; nil for everybody.
  private static let needed: [String: Scope?] = [
    "GET /": .read,
    "GET /api/v1/incidents": .read,
    "POST /api/v1/incidents": .write,
    "GET /api/v1/incidents/{id}": .read,
    "PATCH /api/v1/incidents/{id}": .write,
    "GET /api/v1/incidents/{id}/similar": .read,
    "POST /api/v1/incidents/{id}/notes": .write,
    "POST /api/v1/incidents/{id}/evidence": .write,
    "POST /api/v1/incidents/{id}/verification": .write,
    "POST /api/v1/incidents/{id}/links": .write,
    "DELETE /api/v1/incidents/{id}/links/{target}": .write,
    "POST /api/v1/diagnose": .read,
    "GET /api/v1/search": .read,
    "GET /api/v1/similar": .read,
    "POST /api/v1/similar": .read,
    "POST /api/v1/snapshots": .ingest,
    "GET /api/v1/services": .read,
    "GET /api/v1/services/{name}": .read,
    "GET /api/v1/services/{name}/series": .read,
    "GET /api/v1/services/{name}/forecast": .read,
    "POST /api/v1/chat/generic": .read,
    "POST /api/v1/hooks/alertmanager": .ingest,
    "GET /api/v1/playbooks": .read,
    "GET /api/v1/playbooks/{id}": .read,
    "GET /api/v1/causes": .read,
    "GET /api/v1/audit": .admin,
    "GET /openapi.json": nil,
    "GET /healthz": nil,
    "GET /readyz": nil,
    "GET /metrics": .read,
  ]

  /// The routes that a signature opens and no token: without their secret they are shut for all.
  private static let signed: Set = [
    "POST /api/v1/chat/slack", "POST /api/v1/chat/feishu", "POST /api/v1/chat/dingtalk",
    "POST /api/v1/chat/wecom", "GET /api/v1/chat/wecom",
  ]

  /// Whom a scope lets in, written out: the test must not ask the code that it tests.
  private static func isLetIn(_ client: Client, _ scope: Scope?) -> Bool {
    switch (scope, client) {
    case (nil, _): true
    case (_, .admin): true
    case (.read, .read), (.read, .write): true
    case (.ingest, .ingest), (.ingest, .write): true
    case (.write, .write): true
    default: false
    }
  }

  private func name(of route: Route) -> String {
    "\(route.method.rawValue) \(route.path)"
  }

  @Test func `the table names every route, and no other`() throws {
    let routes = try TestServer().application.routes.map(name)
    #expect(Set(routes) == Set(Self.needed.keys).union(Self.signed))
    #expect(routes.count == Self.needed.count + Self.signed.count)
  }

  @Test(arguments: Client.allCases)
  func `a client gets in where its scopes allow, and learns nothing elsewhere`(
    client: Client
  ) async throws {
    var rates = Configuration.Rates()
    rates.badTokens = 0
    let server = try TestServer(rates: rates)
    try await server.requests { try await $0.openIncident("a secret story") }
    let headers = try await headers(of: client, server)
    try await server.requests { requests in
      for route in server.application.routes {
        let name = name(of: route)
        let path = route.path.description.replacing("{id}", with: "INC-1")
          .replacing("{name}", with: "api").replacing("{target}", with: "INC-2")
        let response = try await requests.execute(
          uri: path.hasPrefix("/") ? path : "/" + path,
          method: route.method,
          headers: headers
        )
        if Self.signed.contains(name) {
          #expect(response.status.code == 403, "\(client) \(name)")
          continue
        }
        let scope = try #require(Self.needed[name])
        if Self.isLetIn(client, scope) {
          #expect(![401, 403].contains(response.status.code), "\(client) \(name)")
        } else {
          let expected = client == .nobody || Self.isWorthless(client) ? 401 : 403
          #expect(response.status.code == expected, "\(client) \(name)")
          #expect(!response.text.contains("a secret story"), "\(client) \(name)")
          #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        }
      }
    }
    let incidents = try await server.casebook.store.incidents().items
    #expect(incidents.map(\.title) == ["a secret story"])
  }

  private static func isWorthless(_ client: Client) -> Bool {
    [.revoked, .expired, .forged].contains(client)
  }

  private func headers(of client: Client, _ server: TestServer) async throws -> HTTPFields {
    // A token that lets somebody in, so that the server asks for one.
    let other = try await server.token("other", [.read])
    switch client {
    case .nobody: return [:]
    case .read, .ingest, .write, .admin:
      let scope = try #require(Scope(rawValue: client.rawValue))
      return .bearer(try await server.token("mine", [scope]))
    case .revoked:
      let token = try await server.token("mine", [.admin])
      _ = try await server.casebook.revokeToken(named: "mine", actor: "user:tester")
      return .bearer(token)
    case .expired: return .bearer(try await server.token("mine", [.admin], hasExpired: true))
    case .forged: return .bearer(String(other.dropLast(1)) + (other.hasSuffix("0") ? "1" : "0"))
    }
  }
}
