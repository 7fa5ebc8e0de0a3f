import LeakModel

/// Writes a reply as Markdown, for those platforms that read one kind of it.
package struct MarkdownRenderer: Sendable {
  /// What a platform understands of Markdown.
  enum Dialect: Sendable {
    /// The whole of CommonMark, its escapes included.
    case common
    /// Headings, bold, links, quotes, and no escapes: DingTalk and WeCom.
    case plain
  }

  let dialect: Dialect
  /// In bytes of UTF-8.
  let limit: Int

  /// For any other bot.
  package static let generic = MarkdownRenderer(dialect: .common, limit: 60_000)
  /// Its requests may have about 20 KB.
  package static let dingTalk = MarkdownRenderer(dialect: .plain, limit: 18_000)
  /// The content may have 4,096 bytes.
  package static let weCom = MarkdownRenderer(dialect: .plain, limit: 4_096)

  /// The message to a robot or as an answer, of DingTalk.
  package static func dingTalkMessage(_ reply: ChatReply) -> JSONValue {
    let title = ChatText.cut(dingTalk.escaped(ChatText.plain(reply.title)), characters: 200)
    return [
      "msgtype": "markdown",
      "markdown": ["title": .text(title), "text": .text(dingTalk.text(reply))],
      "at": ["atMobiles": [], "atUserIds": [], "isAtAll": false],
    ]
  }

  /// The message to a robot or a reply address, of WeCom.
  package static func weComMessage(_ reply: ChatReply) -> JSONValue {
    ["msgtype": "markdown", "markdown": ["content": .text(weCom.text(reply))]]
  }

  /// The answer to a callback of WeCom: a stream that has ended.
  package static func weComStream(_ reply: ChatReply, id: String) -> JSONValue {
    [
      "msgtype": "stream",
      "stream": ["id": .text(id), "finish": true, "content": .text(weCom.text(reply))],
    ]
  }

  /// The text; whole rows are left out from the end until it fits.
  package func text(_ reply: ChatReply) -> String {
    let reply = reply.plain
    let mark = reply.severity.map { "\($0.rawValue) " } ?? ""
    let title = ChatText.cut("### \(mark)\(escaped(reply.title))", bytes: limit)
    var rows = reply.lines.map { "- **\(escaped($0.name))** \(escaped($0.value))" }
    rows += reply.items.map { "- \(escaped($0))" }
    rows += reply.actions.map { "- \(escaped($0.label)): \(escaped($0.command))" }
    if let footer = reply.footer { rows.append("> \(escaped(footer))") }
    var text = title
    for row in rows {
      let room = limit - text.utf8.count - 1
      // Less would be an ellipsis and no word.
      guard room > 40 else { break }
      text += "\n" + ChatText.cut(row, bytes: room)
    }
    return text
  }

  /// Data with what would be markup made harmless.
  func escaped(_ text: String) -> String {
    switch dialect {
    case .common:
      text.reduce(into: "") { escaped, character in
        if character.isASCII, "\\`*_{}[]()#!|<>~&".contains(character) { escaped += "\\" }
        escaped.append(character)
      }
    case .plain:
      // No escapes are read, so the signs that begin a tag, a mention, a link or code are replaced
      // by their likes; Go's `(*Server[T]).Get` stays as it is.
      text.replacing("<", with: "‹").replacing(">", with: "›").replacing("`", with: "'")
        .replacing("](", with: "] (").replacing("**", with: "∗∗").replacing("__", with: "_ _")
    }
  }
}
