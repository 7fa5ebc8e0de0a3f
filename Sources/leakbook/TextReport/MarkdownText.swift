/// The Markdown that playbooks use, as text: paragraphs, lists, fenced commands.
struct MarkdownText {
  /// The columns that all text stands in from the edge.
  private static let margin = 2

  private var paragraph = ""
  /// The columns that the paragraph's lines stand in, the first one perhaps excepted.
  private var indent = MarkdownText.margin
  /// The columns by which the paragraph's first line stands out, for the mark of a list item.
  private var outdent = 0

  /// Adds Markdown to a report; what is fenced stays as it is, so that it can be copied.
  static func add(_ markdown: String, to layout: inout ReportLayout) {
    var text = MarkdownText()
    var isFenced = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = line.drop { $0 == " " }
      if content.hasPrefix("```") {
        text.close(&layout)
        isFenced.toggle()
      } else if isFenced {
        layout.add("    " + line)
      } else if content.isEmpty {
        text.close(&layout)
        text.indent = margin
        if layout.lines.last?.isEmpty == false { layout.add("") }
      } else {
        text.take(content, &layout)
      }
    }
    text.close(&layout)
  }

  /// Goes on with the paragraph, or begins a list item.
  private mutating func take(_ line: Substring, _ layout: inout ReportLayout) {
    guard let mark = Self.itemMark(of: line) else {
      paragraph += (Self.needsBlank(paragraph.last, line.first) ? " " : "") + line
      return
    }
    close(&layout)
    indent = Self.margin + mark
    outdent = mark
    paragraph = String(line)
  }

  /// Ends the paragraph and adds its lines.
  private mutating func close(_ layout: inout ReportLayout) {
    defer {
      paragraph = ""
      outdent = 0
    }
    guard !paragraph.isEmpty else { return }
    // Stars of emphasis go; back quotes stay, they mark what to type.
    let plain = paragraph.replacing("**", with: "")
    let mark = plain.prefix(outdent)
    let lines = plain.dropFirst(outdent).wrapped(to: layout.width - indent)
    for (index, line) in lines.enumerated() {
      let first = index == 0 ? mark : ""
      layout.add(String(repeating: " ", count: indent - first.count) + first + line)
    }
  }

  /// Whether a blank stands for the end of a line: not between wide letters.
  private static func needsBlank(_ last: Character?, _ first: Character?) -> Bool {
    guard let last, let first else { return false }
    return DisplayWidth.of(last) == 1 || DisplayWidth.of(first) == 1
  }

  /// The columns of the mark that begins a list item, `- ` or `12. `; nil for other lines.
  private static func itemMark(of line: Substring) -> Int? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return 2 }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, line[digits.endIndex...].hasPrefix(". ") else { return nil }
    return digits.count + 2
  }
}
