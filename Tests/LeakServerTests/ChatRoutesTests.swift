import Crypto
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

/// A chat with all platforms set up, at the time of the test server.
enum ChatSample {
  static let seconds = TestServer.present.milliseconds / 1_000

  static var settings: ChatSettings {
    var settings = ChatSettings()
    // Nothing is sent while a test runs.
    settings.pace = .seconds(3_600)
    // On a busy machine an answer may take longer than a platform would wait.
    settings.patience = .seconds(600)
    settings.slackSecrets = [Secret("demo")]
    settings.dingTalkSecrets = [Secret("SEC")]
    settings.feishuToken = Secret("tok")
    settings.weComCipher = WeComCipher(
      token: Secret("QDG6eK"),
      encodingAESKey: Secret("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
    )
    return settings
  }

  static func headers(_ fields: [String: String]) -> HTTPFields {
    var headers = HTTPFields()
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    return headers
  }

  /// What Slack puts before a body.
  static func slack(_ body: String, at time: Int64 = seconds) -> HTTPFields {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("v0:\(time):\(body)".utf8),
      using: SymmetricKey(data: Array("demo".utf8))
    )
    return headers([
      "content-type": "application/x-www-form-urlencoded",
      "x-slack-request-timestamp": "\(time)", "x-slack-signature": "v0=" + Hex.text(code),
    ])
  }
}

extension TestClientProtocol {
  /// Asks as another bot does.
  func ask(_ text: String) async throws -> JSONValue {
    let body = JSONValue.object(["text": .text(text), "user": "mia"]).encoded
    let response = try await send(.post, "/api/v1/chat/generic", body)
    #expect(response.status == .ok, "\(response.text)")
    return try response.json
  }

  /// Sends a slash command.
  func slack(_ text: String, trigger: String, more: String = "") async throws -> TestResponse {
    let escaped = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let body = "command=%2Fleak&text=\(escaped)&user_id=U1&trigger_id=\(trigger)\(more)"
    return try await post("/api/v1/chat/slack", body, ChatSample.slack(body))
  }

  func post(_ uri: String, _ body: String, _ headers: HTTPFields) async throws -> TestResponse {
    try await execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: body))
  }
}

struct ChatRoutesTests {
  private func requests(
    _ body: @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    try await TestServer(chat: ChatSample.settings).requests(body)
  }

  @Test func `an incident lives its life in a chat`() async throws {
    try await requests { client in
      let opened = try await client.ask("open cart: persistConn piles up severity:P1")
      #expect(opened["text"].text?.hasPrefix("INC-1 opened: cart: persistConn piles up") == true)
      #expect(opened["data"]["id"].text == "INC-1")
      _ = try await client.ask("note INC-1 restarted")
      let shown = try await client.ask("show INC-1")
      #expect(shown["text"].text?.contains("note restarted") == true)
      let resolved = try await client.ask("resolve INC-1 http-body-unclosed close resp.Body")
      #expect(resolved["text"].text?.contains("resolved, http-body-unclosed") == true)
      let found = try await client.ask("persistConn")
      #expect(found["text"].text?.hasPrefix("INC-1 cart: persistConn piles up (resolved") == true)
      #expect(found["data"]["hits"][0]["incident"].text == "INC-1")
    }
  }

  @Test func `the like of something begins with what was tried and by whom`() async throws {
    try await requests { client in
      _ = try await client.ask("open cart: cart OOMKilled at noon")
      _ = try await client.ask("resolve INC-1 http-body-unclosed close resp.Body")
      _ = try await client.ask("open cart: cart OOMKilled")
      let text = try await client.ask("similar cart OOMKilled")["text"].text ?? ""
      #expect(text.hasPrefix("tried in INC-1 ("), "\(text)")
      let told = " alike, today, by generic:mia, not verified): close resp.Body"
      #expect(text.contains(told), "\(text)")
      let chinese = try await client.ask("相似 cart OOMKilled")["text"].text ?? ""
      #expect(chinese.hasPrefix("INC-1 试过的修复（相似度 "), "\(chinese)")
    }
  }

  @Test func `Chinese is answered in Chinese`() async throws {
    try await requests { client in
      _ = try await client.ask("新建 cart：内存泄漏")
      let found = try await client.ask("内存")
      #expect(found["text"].text?.hasPrefix("INC-1 cart: 内存泄漏 (未解决)") == true)
      #expect(try await client.ask("帮助")["text"].text?.contains("搜索") == true)
    }
  }

  @Test func `a playbook leads to its repair`() async throws {
    try await requests { client in
      let text = try await client.ask("手册 timer-leak")["text"].text ?? ""
      #expect(text.hasPrefix("goroutine 堆积: 等待的东西永远不来。"))
      #expect(text.hasSuffix("修复见：leakbook playbook show timer-leak"))
    }
  }

  @Test func `a capture that is attached is diagnosed`() async throws {
    let capture = Data(try Fixture.bytes(Fixture.goroutines)).base64EncodedString()
    try await requests { client in
      let response = try await client.send(
        .post,
        "/api/v1/chat/generic",
        #"{"text":"","files":[{"name":"g.pb.gz","base64":"\#(capture)"}]}"#
      )
      #expect(response.status == .ok)
      #expect(try response.json["data"]["schema"].text == "leakbook.diagnosis/1")
    }
  }

  @Test func `a capture that is pasted is diagnosed`() async throws {
    try await requests { client in
      let paste = "diagnose goroutine 7 [chan send, 41 minutes]:\nmain.work()\n\t/a/main.go:9 +0x1d"
      let answer = try await client.ask(paste)
      #expect(answer["data"]["evidence"].items.count == 1)
    }
  }

  @Test(arguments: [
    ("show INC-99", "not done: there is no incident INC-99"),
    ("playbook gremlins", "not done: there is no playbook \"gremlins\""),
    ("diagnose this is no capture at all", "not done: none of the files is a capture"),
    ("search severity:P9", "not done:"), ("similar INC-99", "not done:"),
    ("forecast nobody", "nothing was ever reported for nobody"), ("note INC-1", "say: note"),
    ("diagnose http://169.254.169.254/latest", "not done: captures are not fetched from"),
  ])
  func `what cannot be done is said in words`(text: String, answer: String) async throws {
    try await requests { client in
      let said = try await client.ask(text)["text"].text ?? ""
      #expect(said.hasPrefix(answer), "\(said)")
    }
  }

  @Test func `a slash command is answered in blocks that only the asker sees`() async throws {
    try await requests { client in
      let response = try await client.slack("help", trigger: "1")
      #expect(response.status == .ok)
      #expect(try response.json["response_type"].text == "ephemeral")
      #expect(try response.json["blocks"].items.isEmpty == false)
    }
  }

  @Test func `of a thousand replays one has an effect`() async throws {
    let server = try TestServer(chat: ChatSample.settings)
    try await server.requests { client in
      for _ in 0..<1_000 {
        let response = try await client.slack("open cart: grows", trigger: "1")
        #expect(response.status == .ok)
      }
    }
    #expect(try await server.casebook.store.incidents().items.count == 1)
  }

  @Test(arguments: [-301, 301] as [Int64])
  func `a request signed too far from now is 401`(offset: Int64) async throws {
    try await requests { client in
      let body = "command=%2Fleak&text=help"
      let headers = ChatSample.slack(body, at: ChatSample.seconds + offset)
      let response = try await client.post("/api/v1/chat/slack", body, headers)
      #expect(response.status == .unauthorized)
      #expect(try response.problem == "bad-signature")
    }
  }

  @Test func `a body changed on the way is 401 and changes nothing`() async throws {
    let server = try TestServer(chat: ChatSample.settings)
    try await server.requests { client in
      let headers = ChatSample.slack("command=%2Fleak&text=help")
      let body = "command=%2Fleak&text=open+cart%3A+x"
      let response = try await client.post("/api/v1/chat/slack", body, headers)
      #expect(response.status == .unauthorized)
    }
    #expect(try await server.casebook.store.incidents().items.isEmpty)
  }

  @Test func `a platform that may only read changes nothing`() async throws {
    var settings = ChatSample.settings
    settings.readOnly = [.slack]
    let server = try TestServer(chat: settings)
    try await server.requests { client in
      let refused = try await client.slack("open cart: grows", trigger: "1")
      #expect(try refused.json["text"].text == "not done: this chat may only read")
      _ = try await client.ask("open cart: grows")
    }
    #expect(try await server.casebook.store.incidents().items.count == 1)
  }

  @Test(arguments: ["slack", "feishu", "dingtalk", "wecom"])
  func `a platform that is not set up takes nothing`(platform: String) async throws {
    try await TestServer().requests { client in
      let response = try await client.send(.post, "/api/v1/chat/\(platform)", "{}")
      #expect(response.status == .forbidden)
      #expect(try response.problem == "not-configured")
    }
  }

  @Test func `DingTalk is answered in the body, in Markdown`() async throws {
    try await requests { client in
      let time = "\(TestServer.present.milliseconds)"
      let headers = ChatSample.headers([
        "content-type": "application/json", "timestamp": time,
        "sign": DingTalkSignature.of(timestamp: time, secret: Secret("SEC")),
      ])
      let body = #"{"msgtype":"text","text":{"content":" 帮助"},"msgId":"m1","senderNick":"Chen"}"#
      let json = try await client.post("/api/v1/chat/dingtalk", body, headers).json
      #expect(json["msgtype"].text == "markdown")
      #expect(json["markdown"]["text"].text?.contains("搜索") == true)
    }
  }

  @Test func `WeCom is answered encrypted`() async throws {
    let cipher = try #require(ChatSample.settings.weComCipher)
    try await requests { client in
      let plain =
        #"{"msgid":"1","from":{"userid":"li"},"msgtype":"text","text":{"content":"help"}}"#
      let blob = try #require(
        cipher.encrypt(Array(plain.utf8), lead: [UInt8](repeating: 1, count: 16))
      )
      let time = "\(ChatSample.seconds)"
      let signature = cipher.signature(timestamp: time, nonce: "n", blob: blob)
      let uri = "/api/v1/chat/wecom?timestamp=\(time)&nonce=n&msg_signature=\(signature)"
      let json = try await client.send(.post, uri, #"{"encrypt":"\#(blob)"}"#).json
      let encrypted = try #require(json["encrypt"].text)
      let decrypted = try #require(cipher.decrypt(encrypted))
      let answer = try JSONValue(bytes: decrypted)
      #expect(answer["stream"]["finish"] == true)
      #expect(answer["stream"]["content"].text?.contains("search") == true)
    }
  }

  @Test func `Feishu's check of the address is answered`() async throws {
    try await requests { client in
      let body = #"{"type":"url_verification","challenge":"c1","token":"tok"}"#
      let response = try await client.send(.post, "/api/v1/chat/feishu", body)
      #expect(try response.json["challenge"].text == "c1")
    }
  }

  @Test func `what takes too long is answered later, through the outbox`() async throws {
    var settings = ChatSample.settings
    settings.patience = .zero
    let server = try TestServer(chat: settings)
    let url = "&response_url=https%3A%2F%2Fhooks.slack.com%2Fx"
    try await server.requests { client in
      var first = ""
      // With no patience at all it is a race that the answer may still win.
      for number in 0..<50 where !first.hasPrefix("working on it") {
        let response = try await client.slack("similar grows", trigger: "t\(number)", more: url)
        first = try response.json["text"].text ?? ""
      }
      #expect(first == "working on it; the answer follows")
    }
  }

  @Test func `a click is answered through the outbox`() async throws {
    let server = try TestServer(chat: ChatSample.settings)
    let payload =
      #"{"type":"block_actions","user":{"id":"U1"},"actions":[{"value":"show INC-9"}],"#
      + #""response_url":"https://hooks.slack.com/actions/1"}"#
    let escaped = payload.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    try await server.requests { client in
      let body = "payload=\(escaped)"
      let response = try await client.post("/api/v1/chat/slack", body, ChatSample.slack(body))
      #expect(response.text == "{}\n")
    }
    let due = try await server.casebook.store.dueMessages(at: TestServer.present)
    #expect(due.map(\.destination) == ["reply"])
    #expect(due.first?.message.contains("there is no incident INC-9") == true)
  }
}
