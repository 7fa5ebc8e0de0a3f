package import LeakModel
package import LeakRules

/// What a message asks for.
package enum ChatCommand: Sendable, Equatable {
  case search(String)
  case similarTo(IncidentID)
  case similarToText(String)
  case show(IncidentID)
  /// Of what is attached to the message.
  case diagnoseAttached
  case diagnoseLink(String)
  /// Of a capture pasted behind the verb.
  case diagnosePaste(String)
  case forecast(service: String)
  /// Nil lists them.
  case playbook(String?)
  case open(title: String, service: String, severity: Severity?)
  case note(IncidentID, String)
  case resolve(IncidentID, Cause, fix: String)
  case help
  /// The verb was understood, what stands behind it was not.
  case usage(Verb)

  /// Whether it changes anything.
  package var isWriting: Bool {
    switch self {
    case .open, .note, .resolve: true
    case .search, .similarTo, .similarToText, .show, .diagnoseAttached, .diagnoseLink,
      .diagnosePaste, .forecast, .playbook, .help, .usage:
      false
    }
  }
}

/// A command and the language to answer it in.
package struct ChatRequest: Sendable, Equatable {
  package let command: ChatCommand
  package let language: Language

  /// Understands a message; whatever is no command is searched for.
  ///
  /// - Parameters:
  ///   - text: The message as it was typed; mentions at its beginning are passed over.
  ///   - hasAttachment: Whether captures came with it: alone they are to be diagnosed.
  package init(_ text: String, hasAttachment: Bool = false) {
    let words = Words(text)
    self.language = words.whole.containsChinese ? .chinese : .english
    self.command = Self.command(words, hasAttachment: hasAttachment)
  }

  private static func command(_ words: Words, hasAttachment: Bool) -> ChatCommand {
    guard !words.whole.isEmpty else { return hasAttachment ? .diagnoseAttached : .help }
    if let id = IncidentID(prefixed: words.whole) { return .show(id) }
    guard let (verb, rest, isApart) = words.verb else {
      return hasAttachment ? .diagnoseAttached : .search(words.whole)
    }
    let command = verb.command(rest, hasAttachment: hasAttachment)
    // 解决内存泄漏的办法 begins with a verb and is none; neither is "show me all leaks".
    if case .usage = command, !isApart || !verb.isMeant(by: rest) { return .search(words.whole) }
    return command ?? .search(words.whole)
  }
}

/// A message without the mentions before it.
private struct Words {
  let whole: String

  init(_ text: String) {
    var rest = text.trimmed
    while rest.hasPrefix("@") || rest.hasPrefix("<@") {
      rest = rest.drop { !$0.isWhitespace }.trimmed
    }
    if rest.hasPrefix("/") { rest = rest.dropFirst() }
    whole = String(rest)
  }

  /// The verb at the beginning, what follows it, and whether a blank or a colon stood between.
  var verb: (Verb, Substring, isApart: Bool)? {
    let first = whole.prefix { !$0.isWhitespace && $0 != ":" && $0 != "：" }
    let word = first.lowercased()
    let after = whole[first.endIndex...].drop { $0 == ":" || $0 == "：" }.trimmed
    for verb in Verb.allCases where (verb.english + verb.chinese).contains(word) {
      return (verb, after, true)
    }
    for verb in Verb.allCases {
      if let glued = verb.chinese.first(where: { whole.hasPrefix($0) }) {
        return (verb, whole.dropFirst(glued.count).trimmed, false)
      }
    }
    return nil
  }
}

extension IncidentID {
  /// Reads `INC-12` with its prefix, for a number alone is any number.
  ///
  /// The wide hyphen of Chinese keyboards is read too.
  init?(prefixed text: some StringProtocol) {
    let plain = text.lowercased().replacing("－", with: "-")
    guard plain.hasPrefix("inc-") else { return nil }
    self.init(plain)
  }
}

extension StringProtocol {
  /// Without blanks at either end, the wide blank of Chinese included.
  var trimmed: SubSequence {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let last = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
    return self[start..<Swift.max(start, last)]
  }

  /// Whether a character of the CJK ideographs is in it (Unicode blocks 3400–9FFF).
  var containsChinese: Bool {
    unicodeScalars.contains { ("\u{3400}"..."\u{9FFF}").contains($0) }
  }
}
