/// Fills the placeholders of a playbook, `{{service}}` and others, from an incident.
package enum PlaybookText {
  /// The names that may stand between double braces.
  package static let placeholders = [
    "service", "pod", "url", "pid", "culprit", "limit", "rss",
  ]

  /// Where Go programs listen for pprof by convention (`net/http/pprof`, package comment).
  private static let defaults = ["url": "http://localhost:6060"]

  /// Letters that a shell acts on, even between double quotes or single ones.
  private static let shellLetters: Set<Character> = [
    "'", "\"", "`", "$", "\\", ";", "&", "|", "<", ">", "\n", "\r", "\r\n", "\0",
  ]

  /// Puts values in the place of placeholders; one without a value becomes `<name>`.
  ///
  /// The text is made of commands to be pasted, and labels of incidents come from outside: a value
  /// that a shell could act on is treated as missing. Braces around other words are left alone.
  package static func render(
    _ text: some StringProtocol,
    filling values: [String: String]
  ) -> String {
    var rendered = ""
    var rest = Substring(text)
    while let open = rest.firstRange(of: "{{") {
      rendered += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "}}"),
        placeholders.contains(String(rest[..<close.lowerBound]))
      else {
        rendered += "{{"
        continue
      }
      let name = String(rest[..<close.lowerBound])
      rendered += values[name].flatMap(safe) ?? defaults[name] ?? "<\(name)>"
      rest = rest[close.upperBound...]
    }
    return rendered + rest
  }

  /// The words between double braces that name no placeholder, in the order of the text.
  ///
  /// Templates of other tools, with blanks, dots or dollars between the braces, do not count.
  static func unknownPlaceholders(in text: Substring) -> [String] {
    text.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
      let name = piece.prefix { $0.isLowercase || $0 == "_" }
      let isClosed = !name.isEmpty && piece[name.endIndex...].hasPrefix("}}")
      return isClosed && !placeholders.contains(String(name)) ? String(name) : nil
    }
  }

  private static func safe(_ value: String) -> String? {
    value.isEmpty || value.contains(where: shellLetters.contains) ? nil : value
  }
}

extension Playbook {
  /// The body, or one section of it, with the placeholders filled.
  ///
  /// - Returns: Markdown; nil when the playbook lacks the section.
  package func rendered(
    _ section: PlaybookBody.Section? = nil,
    filling values: [String: String]
  ) -> String? {
    let text = section.map { body.text(of: $0) } ?? String(markdown)
    return text.map { PlaybookText.render($0, filling: values) }
  }
}
