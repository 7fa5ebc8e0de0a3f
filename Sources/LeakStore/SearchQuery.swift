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

  let words: [String]
  /// The words with those that are identifiers replaced by their parts: `persist conn`.
  let spelledOut: [String]
  /// Whether the last word may go on.
  let isOpen: Bool

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

  /// The words in the ways in which they can stand in a text; empty when there is none.
  var forms: [[String]] {
    if words.isEmpty { return [] }
    return words == spelledOut ? [words] : [words, spelledOut]
  }

  /// Whether the words stand next to each other in a text.
  func isIn(_ text: String) -> Bool {
    let tokens = TextSegmenter.tokens(of: text)
    return forms.contains { form in
      [tokens.map(\.word), tokens.flatMap(\.parts), tokens.flatMap(\.spelledOut)]
        .contains { has(form, in: $0) }
    }
  }

  private func has(_ form: [String], in words: [String]) -> Bool {
    guard let last = form.last, words.count >= form.count else { return false }
    return (0...words.count - form.count).contains { start in
      words[start..<start + form.count - 1].elementsEqual(form.dropLast())
        && (isOpen
          ? words[start + form.count - 1].hasPrefix(last) : words[start + form.count - 1] == last)
    }
  }

  /// Whether a text, in lower case, holds the letters of a word that is searched for.
  func mayMark(_ letters: [UInt8]) -> Bool {
    (words + spelledOut).contains { word in
      word.utf8.withContiguousStorageIfAvailable { Self.has($0, in: letters) } ?? true
    }
  }

  private static func has(_ word: UnsafeBufferPointer<UInt8>, in letters: [UInt8]) -> Bool {
    guard let first = word.first, letters.count >= word.count else { return false }
    return (0...letters.count - word.count).contains { start in
      letters[start] == first && letters[start...].starts(with: word)
    }
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

extension TextToken {
  /// The word as its parts, where it is an identifier.
  fileprivate var spelledOut: [String] { isCJK || parts.isEmpty ? [word] : parts }
}
