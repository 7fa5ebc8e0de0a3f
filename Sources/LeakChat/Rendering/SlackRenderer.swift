import LeakModel

/// Writes a reply in Slack's Block Kit.
///
/// What is data stands in `plain_text`, where nothing is markup; `mrkdwn` holds our own words and
/// no others, but for the fallback, whose data is escaped.
/// Limits: docs.slack.dev, "Blocks"; the sum of all texts from bolt-js issue 2509.
package enum SlackRenderer {
  static let mostBlocks = 50
  static let longestHeader = 150
  static let longestText = 3_000
  static let longestField = 2_000
  static let mostFields = 10
  static let longestLabel = 75
  static let mostButtons = 25
  static let longestValue = 2_000
  /// Undocumented: about 13,200 characters over all blocks are refused.
  static let longestMessage = 12_000

  /// The message as JSON; only the one who asked sees it unless `inChannel`.
  package static func message(_ reply: ChatReply, inChannel: Bool = false) -> JSONValue {
    let reply = reply.plain
    var budget = Budget(left: longestMessage)
    var blocks: [JSONValue] = [header(reply, &budget)]
    for start in stride(from: 0, to: reply.lines.count, by: mostFields / 2) {
      let lines = reply.lines[start..<min(reply.lines.count, start + mostFields / 2)]
      guard budget.left > 0 else { break }
      blocks.append(section(of: lines, &budget))
    }
    let tail = closing(reply, &budget)
    for item in reply.items.prefix(mostBlocks - tail.count - blocks.count) where budget.left > 1 {
      blocks.append(["type": "section", "text": plainText(item, longestText, &budget)])
    }
    return [
      "response_type": inChannel ? "in_channel" : "ephemeral",
      "replace_original": false,
      "text": .text(escaped(ChatText.cut(reply.title, characters: longestText))),
      "blocks": .list(blocks + tail),
    ]
  }

  /// The three characters that begin or end something in `mrkdwn`.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// How many characters the message may still hold.
  private struct Budget {
    var left: Int

    mutating func take(_ text: String, upTo limit: Int) -> String {
      let cut = ChatText.cut(text, characters: max(1, min(limit, left)))
      left -= cut.utf16.count
      return cut
    }
  }

  private static func plainText(
    _ text: String,
    _ limit: Int,
    _ budget: inout Budget
  ) -> JSONValue {
    // An empty text is refused.
    let cut = budget.take(text.isEmpty ? "–" : text, upTo: limit)
    return ["type": "plain_text", "text": .text(cut), "emoji": false]
  }

  private static func header(_ reply: ChatReply, _ budget: inout Budget) -> JSONValue {
    let mark = reply.severity.map { "\($0.rawValue) · " } ?? ""
    // A header has half the room of a title that a search for a long text makes.
    guard (mark + reply.title).utf16.count > longestHeader else {
      return ["type": "header", "text": plainText(mark + reply.title, longestHeader, &budget)]
    }
    return ["type": "section", "text": plainText(mark + reply.title, longestText, &budget)]
  }

  /// Names on the left, in bold, and what they stand for on the right.
  private static func section(
    of lines: ArraySlice<ChatReply.Line>,
    _ budget: inout Budget
  ) -> JSONValue {
    var fields: [JSONValue] = []
    for line in lines {
      let name = budget.take(escaped(line.name), upTo: longestField)
      fields.append(["type": "mrkdwn", "text": .text("*\(name)*"), "verbatim": true])
      fields.append(plainText(line.value, longestField, &budget))
    }
    return ["type": "section", "fields": .list(fields)]
  }

  /// The buttons and the small print, which stand last and are never cut away.
  private static func closing(_ reply: ChatReply, _ budget: inout Budget) -> [JSONValue] {
    var blocks: [JSONValue] = []
    let buttons = reply.actions.prefix(mostButtons).enumerated().compactMap { index, action in
      button(action, index: index, &budget)
    }
    if !buttons.isEmpty { blocks.append(["type": "actions", "elements": .list(buttons)]) }
    if let footer = reply.footer {
      let text = plainText(footer, longestField, &budget)
      blocks.append(["type": "context", "elements": [text]])
    }
    return blocks
  }

  private static func button(
    _ action: ChatReply.Action,
    index: Int,
    _ budget: inout Budget
  ) -> JSONValue? {
    // A command cut short would be another one.
    guard action.command.utf16.count <= longestValue else { return nil }
    return [
      "type": "button",
      "action_id": .text("leakbook_\(index)"),
      "text": plainText(action.label, longestLabel, &budget),
      "value": .text(action.command),
    ]
  }
}
