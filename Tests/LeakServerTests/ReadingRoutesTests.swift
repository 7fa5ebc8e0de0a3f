import HTTPTypes
import HummingbirdTesting
import LeakChat
import Testing

@testable import LeakServer

struct SearchRoutesTests {
  @Test func `a search finds an incident and says where`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("relay drops connections")
      let json = try await client.get("/api/v1/search?q=relay").json
      #expect(json.names == ["hits", "nothing_similar", "schema"])
      #expect(json["hits"][0].names == ["case", "cause", "incident", "score", "title", "why"])
      #expect(json["hits"][0]["incident"] == .text("INC-1"))
      #expect(json["hits"][0]["why"][0]["kind"] == .text("title"))
      #expect(json["nothing_similar"] == .bool(false))
    }
  }

  @Test func `a search counts what it finds where that is asked for`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("relay drops connections")
      let json = try await client.get("/api/v1/search?q=relay&facets=true").json
      #expect(
        json["facets"].names == ["cause", "complete", "counted", "month", "service", "status"]
      )
      #expect(json["facets"]["status"][0]["value"] == .text("open"))
      #expect(json["facets"]["complete"] == .bool(true))
      #expect(try await client.get("/api/v1/search?q=relay&facets=yes").status == .badRequest)
    }
  }

  @Test func `a search in Chinese finds its words`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("网关内存泄漏")
      let json = try await client.get("/api/v1/search?q=%E5%86%85%E5%AD%98").json
      #expect(json["hits"].items.count == 1)
    }
  }

  @Test func `a description finds the incident that tells the same`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("relay drops websocket connections after upgrade")
      let json = try await client.get("/api/v1/similar?text=relay+websocket+connections+upgrade")
        .json
      #expect(json["hits"][0]["incident"] == .text("INC-1"))
    }
  }

  @Test(arguments: ["search", "search?q=", "search?q=+", "search?q=colour:red", "similar?q=a"])
  func `a query without words is refused`(path: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/\(path)")
      #expect(response.status == .badRequest)
    }
  }
}

struct PlaybookRoutesTests {
  @Test func `the playbooks are listed in the order of the causes`() async throws {
    try await TestServer().requests { client in
      let items = try await client.get("/api/v1/playbooks").json["items"].items
      #expect(items.map { $0["id"].text } == ["channel-send-blocked", "timer-leak"])
      #expect(items.first?.names == ["family", "id", "severity", "summary", "title"])
    }
  }

  @Test func `the causes have family and title`() async throws {
    try await TestServer().requests { client in
      let items = try await client.get("/api/v1/causes").json["items"].items
      #expect(items.first?.names == ["family", "id", "title"])
    }
  }

  @Test(arguments: [
    ("", "", "en"), ("?lang=zh", "", "zh"), ("?lang=en", "zh", "en"),
    ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("", "fr, en;q=0.5, zh;q=0.1", "en"), ("", "fr", "en"),
    ("", "zh;q=0", "en"),
  ])
  func `a playbook is in the language asked for`(
    query: String,
    accepted: String,
    language: String
  ) async throws {
    try await TestServer().requests { client in
      let response = try await client.get(
        "/api/v1/playbooks/timer-leak\(query)",
        headers: [.acceptLanguage: accepted]
      )
      #expect(try response.json["lang"] == .text(language))
      #expect(response.headers[.contentLanguage] == language)
    }
  }

  @Test func `a playbook is Markdown for those who ask`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get(
        "/api/v1/playbooks/timer-leak",
        headers: [.accept: "text/markdown"]
      )
      #expect(response.headers[.contentType] == "text/markdown; charset=utf-8")
      #expect(response.text.contains("## Meaning"))
    }
  }

  @Test(arguments: ["gremlins", "unknown", "..%2F..%2Fetc%2Fpasswd"])
  func `a playbook that is not there is 404`(id: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/playbooks/\(id)")
      #expect(try response.problem == "no-such-playbook")
    }
  }

  @Test func `a language that is not there is refused`() async throws {
    try await TestServer().requests { client in
      let response = try await client.get("/api/v1/playbooks?lang=fr")
      #expect(response.status == .badRequest)
    }
  }
}

struct FrontPageTests {
  @Test func `what people wrote is escaped`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident("<script>alert('1')</script>")
      let response = try await client.get("/")
      #expect(response.headers[.contentType] == "text/html; charset=utf-8")
      #expect(response.text.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"))
      #expect(!response.text.contains("<script>"))
    }
  }
}
