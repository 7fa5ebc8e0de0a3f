package import LeakModel

/// An incident that a search found.
package struct SearchHit: Sendable, Equatable {
  package let incident: Incident
  /// The cause a person settled, else that of the latest verdict.
  package let cause: Cause?
  /// How well the terms fit (bm25, weighted by field); larger is better, 0 without terms.
  package let score: Double
  /// Whether all terms were found, and not only some.
  package let matchesAll: Bool
  /// At most three places where the terms were found, in the order of the fields.
  package let snippets: [Snippet]
}

/// A piece of text around the words that were found.
package struct Snippet: Sendable, Equatable {
  /// A stretch of the text that is either found as a whole or not at all.
  package struct Run: Sendable, Equatable {
    package let text: String
    package let isMatch: Bool
  }

  package let field: SearchField
  /// The text in its order; an ellipsis stands where it was cut.
  package let runs: [Run]
}

extension Snippet {
  /// Cuts a piece of at most 160 characters around the first word found; nil without any.
  init?(field: SearchField, text: String, terms: [SearchTerm]) {
    // Most texts hold none, and to look for letters is quicker than to cut words.
    let letters = Array(text.lowercased().utf8)
    guard terms.contains(where: { $0.mayMark(letters) }) else { return nil }
    let marks = TextSegmenter.tokens(of: text)
      .filter { token in terms.contains { $0.marks(token) } }
      .map(\.range)
    guard let first = marks.first else { return nil }
    let lead = text.index(first.lowerBound, offsetBy: -40, limitedBy: text.startIndex)
    let start = lead ?? text.startIndex
    let end = text.index(start, offsetBy: 160, limitedBy: text.endIndex) ?? text.endIndex

    var runs: [Run] = []
    func append(_ piece: Substring, isMatch: Bool) {
      guard !piece.isEmpty else { return }
      let line =
        piece.utf8.contains { $0 < 0x20 || $0 > 0x7F }
        ? String(piece.map { $0.isNewline ? " " : $0 }) : String(piece)
      runs.append(Run(text: line, isMatch: isMatch))
    }
    var place = start
    // Neighbouring CJK pairs overlap: a run of found pairs is one match.
    for mark in Self.joined(marks) {
      guard mark.lowerBound < end else { break }
      append(text[place..<max(place, mark.lowerBound)], isMatch: false)
      append(text[max(place, mark.lowerBound)..<min(mark.upperBound, end)], isMatch: true)
      place = min(mark.upperBound, end)
    }
    append(text[place..<end], isMatch: false)
    if start > text.startIndex { runs.insert(Run(text: "…", isMatch: false), at: 0) }
    if end < text.endIndex { runs.append(Run(text: "…", isMatch: false)) }
    self.field = field
    self.runs = runs
  }

  /// The ranges with those that overlap or touch made one.
  private static func joined(_ ranges: [Range<String.Index>]) -> [Range<String.Index>] {
    var joined: [Range<String.Index>] = []
    for range in ranges {
      if let last = joined.last, range.lowerBound <= last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}
