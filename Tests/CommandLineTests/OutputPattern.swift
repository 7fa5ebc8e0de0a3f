/// Text to compare an answer with: `[..]` stands for anything within a line, a line `...` for any
/// lines, none included.
struct OutputPattern {
  private let lines: [Substring]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// Whether a text fits as a whole.
  func matches(_ text: String) -> Bool {
    Self.matches(lines[...], text.split(separator: "\n", omittingEmptySubsequences: false)[...])
  }

  private static func matches(
    _ patterns: ArraySlice<Substring>,
    _ lines: ArraySlice<Substring>
  ) -> Bool {
    guard let pattern = patterns.first else { return lines.isEmpty }
    let others = patterns.dropFirst()
    if pattern == "..." {
      return (lines.startIndex...lines.endIndex).contains { matches(others, lines[$0...]) }
    }
    guard let line = lines.first, fits(pattern, line) else { return false }
    return matches(others, lines.dropFirst())
  }

  private static func fits(_ pattern: Substring, _ line: Substring) -> Bool {
    guard let gap = pattern.firstRange(of: "[..]") else { return pattern == line }
    let start = pattern[..<gap.lowerBound]
    guard line.hasPrefix(start) else { return false }
    let rest = line.dropFirst(start.count)
    let others = pattern[gap.upperBound...]
    return (0...rest.count).contains { fits(others, rest.dropFirst($0)) }
  }
}
