import Crypto
import Foundation
import LeakModel
import Testing

@testable import LeakChat

struct ReaderTests {
  private static let now = Instant(milliseconds: 1_700_000_000_000)

  private func slack(
    _ body: String,
    type: String = "application/x-www-form-urlencoded"
  ) -> RawRequest {
    let code = HMAC<SHA256>.authenticationCode(
      for: Array("v0:1700000000:\(body)".utf8),
      using: SymmetricKey(data: Array("demo".utf8))
    )
    return RawRequest(
      headers: [
        "content-type": type, "x-slack-request-timestamp": "1700000000",
        "x-slack-signature": "v0=" + Hex.text(code),
      ],
      query: [:],
      body: Array(body.utf8),
      now: Self.now
    )
  }

  private let slackReader = SlackReader(secrets: [Secret("demo")])

  private func message(_ incoming: Incoming) throws -> ChatMessage {
    guard case .message(let message) = incoming else {
      throw ChatError.badBody("not a message: \(incoming)")
    }
    return message
  }

  @Test func `a slash command of Slack is a message`() throws {
    let url = "https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT%2F1%2Fx"
    let body =
      "command=%2Fleak&text=search+a+%26lt%3B-ch&user_id=U1&user_name=chen"
      + "&trigger_id=13.7&response_url=\(url)"
    let message = try message(slackReader.read(slack(body)))
    #expect(message.text == "search a <-ch")
    #expect(message.author == "slack:U1 chen")
    #expect(message.keys.last == "slack:trigger:13.7")
    #expect(message.replyAddress?.place == .url("https://hooks.slack.com/commands/T/1/x"))
  }

  @Test(arguments: [
    "http://hooks.slack.com/x", "https://hooks.slack.com.evil.example/x",
    "https://evil.example/hooks.slack.com", "https://hooks.slack.com@evil.example/",
    "https://hooks.slack.com:8443/x", "https://HOOKS.slack.com/x", "https://127.0.0.1/",
    "https://hooks.slack.com\\@evil.example/", "file:///etc/passwd", "",
  ])
  func `a reply address elsewhere is not kept`(url: String) {
    let address = ReplyAddress(platform: .slack, url: url, expiresAt: Self.now)
    #expect(address == nil)
  }

  @Test func `a click sends the command of its button`() throws {
    let payload =
      #"{"type":"block_actions","user":{"id":"U1"},"actions":[{"value":"show INC-1"}]}"#
    let encoded = try #require(payload.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    #expect(try message(slackReader.read(slack("payload=\(encoded)"))).text == "show INC-1")
  }

  @Test func `Slack's check of the address is answered`() throws {
    let body = #"{"type":"url_verification","challenge":"c","token":"t"}"#
    let incoming = try slackReader.read(slack(body, type: "application/json"))
    #expect(incoming == .challenge(.json(["challenge": "c"])))
  }

  @Test func `Slack's probe of the certificate is nothing to answer`() throws {
    #expect(try slackReader.read(slack("ssl_check=1&token=x")) == .nothing)
  }

  @Test func `a platform without a secret takes nothing`() {
    #expect(throws: ChatError.notConfigured(.slack, variable: "LEAKBOOK_SLACK_SIGNING_SECRET")) {
      try SlackReader(secrets: []).read(slack("text=help"))
    }
  }

  private func feishuEvent(_ type: String = "user") -> String {
    """
    {"schema":"2.0","header":{"event_id":"e1","event_type":"im.message.receive_v1","token":"tok"},
    "event":{"sender":{"sender_id":{"open_id":"ou_1"},"sender_type":"\(type)"},
    "message":{"message_id":"om_1","message_type":"text",
    "content":"{\\"text\\":\\"@_user_1 similar INC-42\\"}",
    "mentions":[{"key":"@_user_1","name":"leakbook"}]}}}
    """
  }

  private func feishu(_ body: String, headers: [String: String] = [:]) -> RawRequest {
    RawRequest(headers: headers, query: [:], body: Array(body.utf8), now: Self.now)
  }

  private let feishuReader = FeishuReader(
    verificationToken: Secret("tok"),
    encryptKeys: [],
    canReply: true
  )

  @Test func `an event of Feishu is a message without its mentions`() throws {
    let message = try message(feishuReader.read(feishu(feishuEvent())))
    #expect(message.text.trimmed == "similar INC-42")
    #expect(message.keys == ["feishu:e1"])
    #expect(message.replyAddress?.place == .feishuMessage("om_1"))
  }

  @Test func `what the app itself wrote is not answered`() throws {
    #expect(try feishuReader.read(feishu(feishuEvent("app"))) == .nothing)
  }

  @Test func `an event with another token is refused`() {
    let reader = FeishuReader(verificationToken: Secret("x"), encryptKeys: [], canReply: true)
    #expect(throws: ChatError.self) { try reader.read(feishu(feishuEvent())) }
  }

  @Test func `with an encrypt key nothing is taken in the clear`() {
    let reader = FeishuReader(
      verificationToken: Secret("tok"),
      encryptKeys: [Secret("k")],
      canReply: true
    )
    #expect(throws: ChatError.self) { try reader.read(feishu(feishuEvent())) }
  }

  @Test func `Feishu's encrypted check of the address is answered`() throws {
    let blob =
      "AAECAwQFBgcICQoLDA0OD2GKXWKLHGPpHLSechIUGxOFhRQp1z5gIVu9t+S/lj+AlEyfgoHVLINuefWxsSBpOXwO"
      + "AHWocMlqZbltzWvv9h2UK0pwz1OmCQ1LE/UX9rfa"
    let reader = FeishuReader(
      verificationToken: Secret("tok"),
      encryptKeys: [Secret("test_encrypt_key")],
      canReply: false
    )
    let incoming = try reader.read(feishu(#"{"encrypt":"\#(blob)"}"#))
    #expect(incoming == .challenge(.json(["challenge": "ajls384kdjx98XX"])))
  }

  private func dingTalk(_ body: String, at time: Int64 = now.milliseconds) -> RawRequest {
    let signature = DingTalkSignature.of(timestamp: "\(time)", secret: Secret("SEC"))
    return RawRequest(
      headers: ["timestamp": "\(time)", "sign": signature],
      query: [:],
      body: Array(body.utf8),
      now: Self.now
    )
  }

  @Test func `a message of DingTalk is read, plain or rich`() throws {
    let reader = DingTalkReader(secrets: [Secret("SEC")])
    let plain = #"{"msgtype":"text","text":{"content":" similar INC-42"},"msgId":"m1"}"#
    let rich = #"{"msgtype":"richText","content":{"richText":[{"text":"show"},{"text":"INC-1"}]}}"#
    #expect(try message(reader.read(dingTalk(plain))).text == " similar INC-42")
    #expect(try message(reader.read(dingTalk(rich))).text == "show INC-1")
  }

  @Test(arguments: [-301_000, 301_000] as [Int64])
  func `a message signed too long ago, or too soon, is refused`(offset: Int64) {
    let reader = DingTalkReader(secrets: [Secret("SEC")])
    #expect(throws: ChatError.self) {
      try reader.read(dingTalk("{}", at: Self.now.milliseconds + offset))
    }
  }

  @Test func `a callback of WeCom is decrypted, and its check answered in the clear`() throws {
    let cipher = try #require(
      WeComCipher(
        token: Secret("QDG6eK"),
        encodingAESKey: Secret("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
      )
    )
    func request(_ plain: String, echo: Bool) throws -> RawRequest {
      let lead = [UInt8](repeating: 9, count: 16)
      let blob = try #require(cipher.encrypt(Array(plain.utf8), lead: lead))
      let signature = cipher.signature(timestamp: "1700000000", nonce: "n", blob: blob)
      var query = ["timestamp": "1700000000", "nonce": "n", "msg_signature": signature]
      if echo { query["echostr"] = blob }
      return RawRequest(
        headers: [:],
        query: query,
        body: echo ? [] : Array(#"{"encrypt":"\#(blob)"}"#.utf8),
        now: Self.now
      )
    }
    let reader = WeComReader(cipher: cipher)
    let body = #"{"msgid":"1","from":{"userid":"li"},"msgtype":"text","text":{"content":"help"}}"#
    #expect(try message(reader.read(request(body, echo: false))).text == "help")
    #expect(try reader.read(request("echo!", echo: true)) == .challenge(.text("echo!")))
  }
}
