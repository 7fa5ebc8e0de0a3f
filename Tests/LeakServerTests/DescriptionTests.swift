import EmbeddedCatalog
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakChat
import LeakModel
import Testing

@testable import LeakServer

/// The description of the API and the API itself, which must say the same.
struct DescriptionTests {
  private static var description: JSONValue {
    get throws { try JSONDecoder().decode(JSONValue.self, from: Data(Catalog.openAPI.utf8)) }
  }

  /// `GET /api/v1/incidents`, with the scope that it needs.
  private static func operations() throws -> [String: String?] {
    let paths = try description["paths"]
    var operations: [String: String?] = [:]
    for path in paths.names {
      for method in paths[path].names {
        let security = paths[path][method]["security"]
        operations["\(method.uppercased()) \(path)"] = .some(security[0]["token"][0].text)
      }
    }
    return operations
  }

  @Test func `what is described is what is there, with the same scopes`() throws {
    var routes: [String: String?] = [:]
    for route in try TestServer().application.routes {
      let path = route.path.description
      let scope: String? =
        if case .token(let scope) = route.access { scope.rawValue } else { nil }
      let name = "\(route.method.rawValue) \(path.hasPrefix("/") ? path : "/" + path)"
      routes[name] = .some(scope)
    }
    #expect(try Self.operations() == routes)
  }

  @Test func `every operation has a name of its own, a summary, an example and its errors`() throws
  {
    let paths = try Self.description["paths"]
    var names: Set<String> = []
    for path in paths.names {
      for method in paths[path].names {
        let operation = paths[path][method]
        let name = try #require(operation["operationId"].text)
        #expect(names.insert(name).inserted, "\(name)")
        #expect(operation["summary"].text?.isEmpty == false, "\(name)")
        #expect(operation["responses"].names.contains("default"), "\(name)")
        for media in operation["requestBody"]["content"].names where media.hasSuffix("json") {
          let content = operation["requestBody"]["content"][media]
          #expect(content["example"] != .null || content["examples"] != .null, "\(name)")
        }
      }
    }
  }

  @Test func `every reference leads somewhere`() throws {
    let description = try Self.description
    for match in Catalog.openAPI.matches(of: /"\$ref": "#\/([^"]+)"/) {
      let target = match.output.1.split(separator: "/").reduce(description) { $0[String($1)] }
      #expect(target != .null, "\(match.output.1)")
    }
  }

  @Test func `the description is served as it stands in the repository`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/openapi.json")
      #expect(response.text == Catalog.openAPI)
      #expect(response.headers[.contentType] == "application/json")
    }
  }

  @Test func `every kind of problem is one that the description's pattern allows`() {
    for kind in Problem.Kind.allCases {
      #expect(kind.rawValue.wholeMatch(of: /[a-z-]+/) != nil)
    }
  }

  @Test func `the causes are those that leakbook knows`() throws {
    let causes = try Self.description["components"]["schemas"]["Cause"]["enum"].items
    let known = Cause.allCases.filter { $0 != .unknown }.map(\.rawValue)
    #expect(Set(causes.compactMap(\.text)) == Set(known))
  }
}
