import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LeakCasebook
import LeakModel
import LeakStore
import Testing

@testable import LeakChat
@testable import LeakServer

/// What people, alerts and captures write, on its way through the store into each platform.
struct ChatInjectionTests {
  private static let payloads = [
    "<!channel> <https://evil.example|click>", "<at id=all></at> x",
    "[click](https://evil.example)",
    "![x](https://evil.example/p.png)", "<@all> @everyone", "<font color=\"warning\">x</font>",
    "<script>alert(1)</script>", "</div><img src=x onerror=alert(1)>", "a`b``c```d **b** __u__",
    "line\nINC-9 resolved: all is well", "\u{202E}gpj.exe\u{202C} x", "\u{1B}[31mred\u{07} x",
    "{{constructor}} ${jndi:ldap://x}", "&lt;script&gt; &amp; <-ch", "=cmd|' /C calc'!A0",
  ]

  /// A server with one incident whose every text is the payload.
  private func server(_ payload: String) async throws -> TestServer {
    let server = try TestServer(chat: ChatSample.settings)
    let casebook = server.casebook
    let incident = try await casebook.store.insert(
      NewIncident(
        title: payload,
        service: payload,
        severity: .p1,
        story: payload,
        openedAt: TestServer.present,
        loggedAt: TestServer.present,
        author: payload,
        labels: ["pod": payload]
      )
    )
    try await casebook.note(payload, on: incident.id, author: payload)
    try await casebook.resolve(
      incident.id,
      cause: .timerLeak,
      fix: payload,
      commit: payload,
      author: payload
    )
    return server
  }

  @Test(arguments: payloads)
  func `Slack is sent no markup but ours`(payload: String) async throws {
    try await server(payload).requests { client in
      for question in ["show INC-1", "search service status:resolved", "similar INC-1"] {
        let response = try await client.slack(question, trigger: question.filter(\.isLetter))
        let json = try JSONValue(bytes: response.body.readableBytesView)
        #expect(json["text"].text?.contains("<") == false)
        for block in json["blocks"].items {
          for text in [block["text"]] + block["fields"].items where text["type"] == "mrkdwn" {
            #expect(text["text"].text?.contains(payload) == false)
          }
        }
      }
    }
  }

  @Test(arguments: payloads)
  func `DingTalk is sent no tag, no link and no line but ours`(payload: String) async throws {
    let time = "\(TestServer.present.milliseconds)"
    let headers = ChatSample.headers([
      "content-type": "application/json", "timestamp": time,
      "sign": DingTalkSignature.of(timestamp: time, secret: Secret("SEC")),
    ])
    try await server(payload).requests { client in
      let body = #"{"msgtype":"text","text":{"content":"show INC-1"},"msgId":"m1"}"#
      let json = try await client.post("/api/v1/chat/dingtalk", body, headers).json
      let text = try #require(json["markdown"]["text"].text)
      #expect(!text.contains("<") && !text.contains("](") && !text.contains("`"))
      #expect(!text.contains("\u{202E}") && !text.contains("\u{1B}"))
      #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("- ") || $0.hasPrefix("### ") })
    }
  }

  @Test(arguments: payloads)
  func `Feishu is sent plain text`(payload: String) async throws {
    let event = """
      {"schema":"2.0","header":{"event_id":"e1","event_type":"im.message.receive_v1","token":"tok"},
      "event":{"sender":{"sender_id":{"open_id":"ou_1"},"sender_type":"user"},
      "message":{"message_id":"om_1","content":"{\\"text\\":\\"show INC-1\\"}"}}}
      """
    try await server(payload).requests { client in
      let response = try await client.send(.post, "/api/v1/chat/feishu", event)
      let card = try JSONValue(bytes: response.body.readableBytesView)["card"]
      #expect(card["header"]["title"]["tag"] == "plain_text")
      #expect(card["elements"].items.count > 1)
      #expect(!card.encoded.contains("lark_md"))
    }
  }

  @Test(arguments: payloads)
  func `the text of an answer has no line but ours`(payload: String) async throws {
    try await server(payload).requests { client in
      let text = try await client.ask("show INC-1")["text"].text ?? ""
      let lines = text.split(separator: "\n")
      #expect(!lines.contains { $0.hasPrefix("INC-9") || $0.hasPrefix("=") })
      #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }
  }
}
