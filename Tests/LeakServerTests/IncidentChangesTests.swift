import HTTPTypes
import HummingbirdTesting
import LeakChat
import Testing

struct IncidentChangesTests {
  private static let path = "/api/v1/incidents/INC-1"
  private static let resolution =
    #"{"status": "resolved", "cause": "timer-leak", "fix": "stop the ticker", "commit": "c0ffee"}"#

  @Test func `fields are set and the rest stays`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let json = try await client.send(
        .patch,
        Self.path,
        #"{"severity": "P0", "story": "it grows"}"#
      ).json
      #expect(json["severity"] == .text("P0"))
      #expect(json["story"] == .text("it grows"))
      #expect(json["title"] == .text("api eats memory"))
      #expect(json["timeline"].items.last?["kind"] == .text("edited"))
    }
  }

  @Test func `labels are set one by one and taken away by null`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      _ = try await client.send(.patch, Self.path, #"{"labels": {"pod": "a", "go": "1.25"}}"#)
      let json = try await client.send(.patch, Self.path, #"{"labels": {"pod": null}}"#).json
      #expect(json["labels"] == .object(["go": .text("1.25")]))
    }
  }

  @Test func `an incident is mitigated, resolved and reopened`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let mitigated = try await client.send(
        .patch,
        Self.path,
        #"{"status": "mitigated", "note": "restarted", "severity": "P3"}"#
      ).json
      #expect(mitigated["status"] == .text("mitigated"))
      #expect(mitigated["severity"] == .text("P3"))
      let resolved = try await client.send(.patch, Self.path, Self.resolution).json
      #expect(resolved["status"] == .text("resolved"))
      #expect(resolved["cause"] == .text("timer-leak"))
      #expect(resolved["commit"] == .text("c0ffee"))
      let reopened = try await client.send(.patch, Self.path, #"{"status": "reopened"}"#).json
      #expect(reopened["status"] == .text("reopened"))
    }
  }

  @Test func `a step that the state does not allow changes nothing`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.send(
        .patch,
        Self.path,
        #"{"status": "reopened", "title": "other"}"#
      )
      #expect(response.status == .conflict)
      #expect(try await client.get(Self.path).json["title"] == .text("api eats memory"))
    }
  }

  @Test func `what is resolved is not resolved again`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      _ = try await client.send(.patch, Self.path, Self.resolution)
      #expect(try await client.send(.patch, Self.path, Self.resolution).status == .conflict)
    }
  }

  @Test(arguments: [
    "{}", #"{"status": "verified"}"#, #"{"status": "resolved"}"#, #"{"cause": "timer-leak"}"#,
    #"{"status": "mitigated", "cause": "timer-leak", "fix": "f"}"#, #"{"note": "alone"}"#,
    #"{"title": ""}"#, #"{"id": "INC-7"}"#, #"{"severity": "high"}"#,
    #"{"title": "t", "author": " \u3000"}"#, #"{"title": "t", "author": "\u001f\u200b\ufeff"}"#,
    #"{"story": "cut \u0000 short"}"#, #"{"labels": {"pod": "\u0000"}}"#,
  ])
  func `a change that makes no sense is refused`(body: String) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      #expect(try await client.send(.patch, Self.path, body).status == .badRequest)
    }
  }

  @Test func `a backslash before an escape is text`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.send(.patch, Self.path, #"{"story": "\\u0000"}"#)
      #expect(try response.json["story"].text == #"\u0000"#)
    }
  }

  @Test func `a note is in the timeline under its author`() async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      let response = try await client.send(
        .post,
        Self.path + "/notes",
        #"{"text": "restarted pod a", "author": "li"}"#
      )
      #expect(response.status == .created)
      let last = try response.json["timeline"].items.last
      #expect(last?["detail"] == .text("restarted pod a"))
      #expect(last?["author"] == .text("li"))
    }
  }

  @Test(arguments: [#"{"text": ""}"#, "{}", #"{"text": "a", "colour": "red"}"#])
  func `a note without text is refused`(body: String) async throws {
    try await TestServer().requests { client in
      try await client.openIncident()
      #expect(try await client.send(.post, Self.path + "/notes", body).status == .badRequest)
    }
  }
}
