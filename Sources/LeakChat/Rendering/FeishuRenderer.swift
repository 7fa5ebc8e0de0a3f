import LeakModel

/// Writes a reply as a card of Feishu.
///
/// What is data stands in `plain_text`, where nothing is markup; `lark_md` holds our own words
/// alone: in it `<at id=all></at>` calls everybody.
package enum FeishuRenderer {
  /// A request to a robot holds at most 20 KB; the rest of the message needs some of it.
  static let largestCard = 18_000
  static let longestText = 3_000

  /// The message to a group's robot, without its signature; an app's differs by its wrapping.
  package static func message(_ reply: ChatReply) -> JSONValue {
    ["msg_type": "interactive", "card": card(reply)]
  }

  /// The card alone, of 18,000 bytes at most: what does not fit is left out from the end.
  package static func card(_ reply: ChatReply) -> JSONValue {
    let reply = reply.plain
    var elements = reply.lines.map { line($0) }
    let tail = closing(reply)
    func card(_ elements: [JSONValue]) -> JSONValue {
      [
        "config": ["wide_screen_mode": true],
        "header": [
          "template": .text(colour(of: reply)),
          "title": plainText(ChatText.cut(reply.title, characters: 500)),
        ],
        "elements": .list(elements + tail),
      ]
    }
    for item in reply.items { elements.append(["tag": "div", "text": plainText(item)]) }
    while !elements.isEmpty, card(elements).encoded.utf8.count > largestCard {
      elements.removeLast()
    }
    return card(elements)
  }

  private static func plainText(_ text: String) -> JSONValue {
    ["tag": "plain_text", "content": .text(ChatText.cut(text, characters: longestText))]
  }

  private static func line(_ line: ChatReply.Line) -> JSONValue {
    let name: JSONValue = ["is_short": true, "text": plainText(line.name)]
    let value: JSONValue = ["is_short": true, "text": plainText(line.value)]
    return ["tag": "div", "fields": [name, value]]
  }

  private static func colour(of reply: ChatReply) -> String {
    switch reply.severity {
    case .p0, .p1: "red"
    case .p2: "orange"
    case .p3: "blue"
    case nil: "blue"
    }
  }

  /// The small print; commands are shown, for a button would need an address to send them to.
  private static func closing(_ reply: ChatReply) -> [JSONValue] {
    let notes = [reply.footer].compactMap { $0 } + reply.actions.prefix(10).map(\.command)
    guard !notes.isEmpty else { return [] }
    return [["tag": "note", "elements": [plainText(notes.joined(separator: " · "))]]]
  }
}
