extension ChatText {
  /// The paragraphs, list items and lines of code of a Markdown text, in their order, one by one.
  ///
  /// Lines that were only wrapped are joined; the signs that begin an item or a fence are left out.
  package static func steps(of markdown: String) -> [String] {
    var steps: [String] = []
    var isOpen = false
    var isCode = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.trimmed
      if text.hasPrefix("```") {
        isCode.toggle()
        isOpen = false
      } else if text.isEmpty {
        isOpen = false
      } else if isCode {
        steps.append(String(text))
      } else if let item = item(text) {
        steps.append(String(item))
        isOpen = true
      } else if isOpen, let last = steps.popLast() {
        steps.append("\(last) \(text)")
      } else {
        steps.append(String(text))
        isOpen = true
      }
    }
    return steps
  }

  /// What stands behind `- `, `* ` or `1. `; nil for a line that begins no item.
  private static func item(_ line: Substring) -> Substring? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return line.dropFirst(2).trimmed }
    let rest = line.drop { $0.isNumber }
    return rest.count < line.count && rest.hasPrefix(". ") ? rest.dropFirst(2).trimmed : nil
  }
}
