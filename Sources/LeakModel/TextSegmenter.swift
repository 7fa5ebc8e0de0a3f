/// One word of a text as search sees it.
package struct TextToken: Sendable, Equatable {
  /// The word in lower case: a whole identifier (`persistconn`), or two neighbouring CJK characters.
  package let word: String
  /// What the word is made of, in order: `persist`, `conn`; empty for a plain word.
  ///
  /// The last pair of a CJK run has the run's last character as its only part: so any character
  /// of the run begins a word or is a part.
  package let parts: [String]
  package let isCJK: Bool
  /// Where the word stands in its text.
  package let range: Range<String.Index>
}

/// Cuts text into words, the same way for what is stored and for what is asked.
///
/// Engines disagree about identifiers and cannot cut Chinese, so neither is left to them. Letters,
/// digits and `_` make a word; everything else (dots, slashes, `(*`) parts words. CJK runs become
/// overlapping pairs: `内存泄漏` is `内存`, `存泄`, `泄漏`.
package enum TextSegmenter {
  /// The words of a text, in its order.
  package static func tokens(of text: String) -> [TextToken] {
    var tokens: [TextToken] = []
    var start: String.Index?
    var isRunCJK = false
    let scalars = text.unicodeScalars
    func endRun(at end: String.Index) {
      guard let first = start else { return }
      start = nil
      if isRunCJK {
        tokens += pairs(of: text, in: first..<end)
      } else {
        let run = text[first..<end]
        let word = run.lowercased()
        if word.utf8.contains(where: { $0 != UInt8(ascii: "_") }) {
          tokens.append(
            TextToken(word: word, parts: parts(of: run), isCJK: false, range: first..<end)
          )
        }
      }
    }
    let bytes = text.utf8
    var next = text.startIndex
    while next < text.endIndex {
      let index = next
      // Most text is ASCII, and its bytes need no decoding.
      let byte = bytes[index]
      let scalar = byte < 0x80 ? Unicode.Scalar(byte) : scalars[index]
      next = byte < 0x80 ? bytes.index(after: index) : scalars.index(after: index)
      guard isWordScalar(scalar) else {
        endRun(at: index)
        continue
      }
      let isCJK = byte >= 0x80 && isCJK(scalar)
      if start != nil, isCJK != isRunCJK { endRun(at: index) }
      if start == nil { (start, isRunCJK) = (index, isCJK) }
    }
    endRun(at: text.endIndex)
    return tokens
  }

  /// The words of a text, in its order, without their parts.
  package static func words(of text: String) -> [String] {
    tokens(of: text).map(\.word)
  }

  /// The text as an engine should index it: all words, then the parts, parted by blanks.
  ///
  /// The parts come after the words, so that a phrase finds its words next to each other.
  package static func indexText(of text: String) -> String {
    let tokens = tokens(of: text)
    return (tokens.map(\.word) + tokens.flatMap(\.parts)).joined(separator: " ")
  }

  /// The pairs of neighbours in a run, or its only character.
  private static func pairs(of text: String, in run: Range<String.Index>) -> [TextToken] {
    let scalars = text.unicodeScalars
    let places = Array(scalars[run].indices)
    guard places.count > 1 else {
      return [TextToken(word: String(text[run]), parts: [], isCJK: true, range: run)]
    }
    return (0..<places.count - 1).map { place in
      let isLast = place + 2 == places.count
      let range = places[place]..<(isLast ? run.upperBound : places[place + 2])
      let parts = isLast ? [String(scalars[places[place + 1]..<run.upperBound])] : []
      return TextToken(word: String(scalars[range]), parts: parts, isCJK: true, range: range)
    }
  }

  /// The parts of an identifier, split at `_` and where camel case turns: `HTTPServer_v2`.
  private static func parts(of identifier: Substring) -> [String] {
    // Most words are plain ones, some of them at the beginning of a sentence, and characters are
    // slow to look at.
    guard let first = identifier.utf8.first,
      first >= 0x80 || !identifier.utf8.dropFirst().allSatisfy(isPlain)
        || first == UInt8(ascii: "_")
    else { return [] }
    var parts: [String] = []
    for piece in identifier.split(separator: "_") {
      let letters = Array(piece)
      var first = 0
      for index in letters.indices.dropFirst() where letters[index].isUppercase {
        let startsWord = index + 1 < letters.count && letters[index + 1].isLowercase
        guard !letters[index - 1].isUppercase || startsWord else { continue }
        parts.append(String(letters[first..<index]).lowercased())
        first = index
      }
      parts.append(String(letters[first...]).lowercased())
    }
    // `_main` has the one part `main`; a plain word has none besides itself.
    return parts.count > 1 || identifier.contains("_") ? parts : []
  }

  /// Whether a byte is a small letter or digit of ASCII.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    case "\0"..."\u{7F}": false
    default: isWordCategory(scalar)
    }
  }

  private static func isWordCategory(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
      true
    default:
      false
    }
  }

  /// Whether a word of the script cannot be told by blanks alone: Han, kana, Hangul.
  private static func isCJK(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      true
    default:
      false
    }
  }
}
