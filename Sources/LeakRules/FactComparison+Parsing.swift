import LeakAnalysis
import LeakModel

extension FactComparison {
  /// Reads a comparison: `fact comparator literal [unit]` or `fact in [word, word]`.
  ///
  /// - Throws: `TextError` at the first part that is wrong.
  init(_ text: String) throws(TextError) {
    var parts = Parts(text)
    let name = parts.word()
    let fact = try name.fact()
    let sign = parts.word()
    let operand = parts.rest()
    guard !operand.text.isEmpty else {
      throw operand.error("a condition is a fact, a comparator and a value")
    }
    self.fact = fact
    if sign.text == "in" {
      self.test = .word(try Self.words(operand, of: fact))
    } else if let comparator = Comparator(rawValue: String(sign.text)) {
      self.test = try Self.comparison(fact, comparator, sign: sign, operand)
    } else {
      let known = Comparator.allCases.map(\.rawValue).joined(separator: " ")
      throw sign.error("unknown comparator '\(sign.text)', expected \(known) or in")
    }
  }

  private static func comparison(
    _ fact: FactID,
    _ comparator: Comparator,
    sign: Part,
    _ operand: Part
  ) throws(TextError) -> Test {
    switch (try operand.value(of: fact), comparator) {
    case (.number(let number), _): return .number(comparator, number)
    case (.word(let word), .equal): return .word([word])
    case (.word(let word), .notEqual): return .notWord(word)
    case (.flag(let flag), .equal): return .flag(flag)
    case (.flag(let flag), .notEqual): return .flag(!flag)
    case (.word, _), (.flag, _):
      throw sign.error("\(fact.rawValue) is no number: only == and != compare it")
    }
  }

  private static func words(_ list: Part, of fact: FactID) throws(TextError) -> Set<String> {
    guard case .word = fact.definition.type else {
      throw list.error("'in' needs a fact that is a word, \(fact.rawValue) is none")
    }
    guard list.text.first == "[", list.text.last == "]", list.text.count > 2 else {
      throw list.error("'in' needs a list of words in brackets, found '\(list.text)'")
    }
    var words: Set<String> = []
    var offset = list.offset + 1
    let inside = list.text.dropFirst().dropLast()
    for item in inside.split(separator: ",", omittingEmptySubsequences: false) {
      let leading = item.prefix { $0 == " " }.count
      var word = item.dropFirst(leading)
      while word.last == " " { word.removeLast() }
      let part = Part(text: word, offset: offset + leading)
      if case .word(let word) = try part.value(of: fact) { words.insert(word) }
      offset += item.unicodeScalars.count + 1
    }
    return words
  }
}

extension FactComparison {
  /// A piece of a comparison and where it begins.
  private struct Part {
    let text: Substring
    /// Unicode scalars before it.
    let offset: Int

    func error(_ message: String) -> TextError {
      TextError(offset: offset, message: message)
    }

    func fact() throws(TextError) -> FactID {
      do {
        return try FactID.named(text)
      } catch {
        throw self.error(error.message)
      }
    }

    func value(of fact: FactID) throws(TextError) -> FactValue {
      do {
        return try Literal.value(text, of: fact)
      } catch {
        throw TextError(offset: offset + error.offset, message: error.message)
      }
    }
  }

  /// Takes a comparison apart from the left.
  private struct Parts {
    private var remaining: Substring
    private var offset = 0

    init(_ text: String) {
      self.remaining = text[...]
    }

    /// Takes the letters up to the next blank; empty at the end.
    mutating func word() -> Part {
      let rest = rest()
      let word = rest.text.prefix { $0 != " " }
      remaining = rest.text[word.endIndex...]
      offset = rest.offset + word.unicodeScalars.count
      return Part(text: word, offset: rest.offset)
    }

    /// What is left, without the blanks before it.
    func rest() -> Part {
      let blanks = remaining.prefix { $0 == " " }
      return Part(text: remaining[blanks.endIndex...], offset: offset + blanks.count)
    }
  }
}
