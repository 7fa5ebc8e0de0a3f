import LeakModel
import Testing

@testable import LeakChat

struct RendererTests {
  /// Texts that would be markup, a call to everybody, a link or a script somewhere.
  static let payloads = [
    "<!channel> <@U123> <https://evil.example|click>", "<at id=all></at><at user_id=\"all\"></at>",
    "[click](https://evil.example)", "![x](https://evil.example/p.png)", "<@all> @everyone",
    "<font color=\"warning\">x</font>", "<script>alert(1)</script>", "</div><img src=x onerror=y>",
    "a`b``c```d", "**bold** __under__ ~~gone~~", "| a | b |\n|---|---|", "&lt;script&gt; &amp;",
    "line\nINC-1 resolved: all is well", "\u{202E}gpj.exe\u{202C}", "zero\u{200B}width\u{FEFF}",
    "\u{1B}[31mred\u{07}", "{{constructor}} ${jndi:ldap://x}", "javascript:alert(1)",
    "[a]: https://evil.example", "http://evil.example<-ch chan<- T", "=cmd|' /C calc'!A0",
  ]

  private func reply(_ payload: String) -> ChatReply {
    ChatReply(
      payload,
      severity: .p1,
      lines: [ChatReply.Line("Service", payload)],
      items: [payload],
      actions: [ChatReply.Action(payload, "show INC-1")],
      footer: payload
    )
  }

  /// All texts in JSON with the names of the fields that lead to them and their siblings.
  private func objects(in json: JSONValue) -> [[String: JSONValue]] {
    switch json {
    case .object(let fields): [fields] + fields.values.flatMap { objects(in: $0) }
    case .list(let items): items.flatMap { objects(in: $0) }
    case .null, .bool, .integer, .number, .text: []
    }
  }

  @Test(arguments: payloads)
  func `in Slack data is plain text, and the fallback holds no tag`(payload: String) throws {
    let message = SlackRenderer.message(reply(payload))
    for object in objects(in: message["blocks"]) where object["type"] == "mrkdwn" {
      #expect(object["text"] == "*Service*")
    }
    let fallback = try #require(message["text"].text)
    #expect(!fallback.contains("<") && !fallback.contains(">") && !fallback.contains("\n"))
  }

  @Test(arguments: payloads)
  func `in Feishu data is plain text`(payload: String) {
    let objects = objects(in: FeishuRenderer.card(reply(payload)))
    #expect(objects.contains { $0["tag"] == "plain_text" })
    #expect(!objects.contains { $0["tag"] == "lark_md" })
  }

  @Test(arguments: payloads)
  func `in DingTalk and WeCom data begins no tag, no link and no row`(payload: String) throws {
    for text in [
      try #require(MarkdownRenderer.dingTalkMessage(reply(payload))["markdown"]["text"].text),
      try #require(MarkdownRenderer.weComMessage(reply(payload))["markdown"]["content"].text),
    ] {
      #expect(!text.contains("<") && !text.contains("](") && !text.contains("`"))
      #expect(text.split(separator: "\n").count == 5)
    }
  }

  @Test(arguments: payloads)
  func `in Markdown every sign that means something is escaped`(payload: String) {
    let text = MarkdownRenderer.generic.text(ChatReply(payload))
    var isEscaped = false
    for character in text.dropFirst(4) {
      if !isEscaped { #expect(!"`*_[]<>|".contains(character), "\(text)") }
      isEscaped = character == "\\" && !isEscaped
    }
  }

  @Test(arguments: payloads)
  func `plain text has one row a field and nothing that cannot be seen`(payload: String) {
    let text = reply(payload).text
    #expect(text.split(separator: "\n").count == 4)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
      #expect(scalar.properties.generalCategory != .format)
    }
  }

  /// A reply that is too large for every platform.
  private func huge(_ unit: String) -> ChatReply {
    let long = String(repeating: unit, count: 5_000)
    return ChatReply(
      long,
      lines: (0..<40).map { ChatReply.Line("Name \($0)", long) },
      items: (0..<100).map { _ in long },
      actions: [ChatReply.Action(long, "show INC-1")],
      footer: "end"
    )
  }

  @Test(arguments: ["a", "内存", "👩‍👩‍👧", "e\u{301}"])
  func `a message to Slack keeps the limits of Block Kit`(unit: String) {
    let blocks = SlackRenderer.message(huge(unit))["blocks"]
    #expect(blocks.items.count <= 50)
    var total = 0
    for object in objects(in: blocks) {
      if case .text(let text)? = object["text"] {
        #expect((1...3_000).contains(text.utf16.count))
        total += text.utf16.count
      }
      #expect((object["fields"]?.items.count ?? 0) <= 10)
    }
    #expect(total <= 13_200)
  }

  @Test(arguments: ["a", "内存", "👩‍👩‍👧", "e\u{301}"])
  func `a message to WeCom has 4,096 bytes at most and ends with a whole character`(unit: String) {
    let text = MarkdownRenderer.weCom.text(huge(unit))
    #expect(text.utf8.count <= 4_096)
    #expect(text.utf8.count > 4_000)
    #expect(text.last == "…")
    #expect(!text.unicodeScalars.contains("\u{FFFD}"))
  }

  @Test(arguments: ["a", "内存", "\"\\"])
  func `a card of Feishu has 20 KB at most`(unit: String) {
    #expect(FeishuRenderer.message(huge(unit)).encoded.utf8.count <= 20_000)
  }

  @Test func `a click is kept when the message is cut`() {
    let blocks = SlackRenderer.message(huge("a"))["blocks"].items
    #expect(blocks.suffix(2).map { $0["type"].text } == ["actions", "context"])
  }

  @Test func `only the one who asked sees an answer in Slack`() {
    #expect(SlackRenderer.message(ChatReply("x"))["response_type"] == "ephemeral")
  }

  @Test func `cutting never breaks a character`() {
    for limit in 0..<40 {
      let cut = ChatText.cut("内存👩‍👩‍👧泄漏e\u{301}x", bytes: limit)
      #expect(cut.utf8.count <= limit)
      #expect(cut.isEmpty || "内存👩‍👩‍👧泄漏e\u{301}x…".contains(cut.dropLast()))
    }
  }
}
