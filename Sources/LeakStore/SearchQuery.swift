import LeakModel

/// What a person searches for.
package struct SearchQuery: Sendable, Equatable {
  /// The words and phrases; an empty list asks for all that the filter lets through.
  package var terms: [SearchTerm]
  package var filter: IncidentFilter

  package init(terms: [SearchTerm] = [], filter: IncidentFilter = IncidentFilter()) {
    self.terms = terms
    self.filter = filter
  }
}

/// One thing searched for.
package struct SearchTerm: Sendable, Equatable {
  /// How the words of a term must stand in a text.
  package enum Kind: Sendable {
    /// Words, or the words of an identifier, next to each other.
    case words
    /// The same, where the last word may go on.
    case prefix
  }

  /// What was typed, without quotes and star.
  package let text: String
  package let kind: Kind

  private let words: [String]
  /// The words with those that are identifiers replaced by their parts: `persist conn`.
  private let spelledOut: [String]
  /// Whether the last word may go on.
  private let isOpen: Bool

  package init(text: String, kind: Kind) {
    self.text = text
    self.kind = kind
    let tokens = TextSegmenter.tokens(of: text)
    self.words = tokens.map(\.word)
    self.spelledOut = tokens.flatMap { $0.isCJK || $0.parts.isEmpty ? [$0.word] : $0.parts }
    // A CJK character alone is found wherever it stands: it begins a pair or is a part.
    let isCharacter = tokens.count == 1 && tokens[0].isCJK && tokens[0].word.count == 1
    self.isOpen = kind == .prefix || isCharacter
  }

  /// The term in the syntax of FTS5; nil when it holds no word.
  ///
  /// Each string is quoted and holds only letters, digits and `_`, so nothing that a person types
  /// is ever read as syntax.
  var pattern: String? {
    guard !words.isEmpty else { return nil }
    let phrases = words == spelledOut ? [words] : [words, spelledOut]
    return phrases.map { "\"\($0.joined(separator: " "))\"\(isOpen ? " *" : "")" }
      .joined(separator: " OR ")
  }

  /// Whether a word of a text is one of those searched for.
  func marks(_ token: TextToken) -> Bool {
    isWanted(token.word) || token.parts.contains(where: isWanted)
  }

  private func isWanted(_ word: String) -> Bool {
    words.contains(word) || spelledOut.contains(word) || isOpen && goesOn(word)
  }

  private func goesOn(_ word: String) -> Bool {
    words.last.map(word.hasPrefix) == true || spelledOut.last.map(word.hasPrefix) == true
  }
}
