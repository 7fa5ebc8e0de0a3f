package import LeakModel

/// An answer before any platform's markup: what every renderer draws from.
///
/// All texts are data: they may hold anything that an incident or a capture holds.
package struct ChatReply: Sendable, Equatable, Codable {
  /// A name and what stands beside it.
  package struct Line: Sendable, Equatable, Codable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A button that sends a command.
  package struct Action: Sendable, Equatable, Codable {
    package let label: String
    package let command: String

    package init(_ label: String, _ command: String) {
      self.label = label
      self.command = command
    }
  }

  /// The answer itself: the first line, and all that a notification shows.
  package var title: String
  package var severity: Severity?
  package var lines: [Line]
  /// Further texts, one a paragraph.
  package var items: [String]
  package var actions: [Action]
  package var footer: String?

  package init(
    _ title: String,
    severity: Severity? = nil,
    lines: [Line] = [],
    items: [String] = [],
    actions: [Action] = [],
    footer: String? = nil
  ) {
    self.title = title
    self.severity = severity
    self.lines = lines
    self.items = items
    self.actions = actions
    self.footer = footer
  }

  /// The reply with every text on one line and without what cannot be seen.
  package var plain: ChatReply {
    ChatReply(
      ChatText.plain(title),
      severity: severity,
      lines: lines.map { Line(ChatText.plain($0.name), ChatText.plain($0.value)) },
      items: items.map(ChatText.plain),
      actions: actions.map { Action(ChatText.plain($0.label), ChatText.plain($0.command)) },
      footer: footer.map(ChatText.plain)
    )
  }

  /// The reply without any markup: the title, the lines, the items.
  package var text: String {
    let reply = plain
    var rows = [reply.title] + reply.lines.map { "\($0.name): \($0.value)" }
    rows += reply.items.map { "- \($0)" }
    if let footer = reply.footer { rows.append(footer) }
    return rows.joined(separator: "\n")
  }
}
