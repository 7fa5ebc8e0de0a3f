/// The Markdown that playbooks use, as text: paragraphs, lists, fenced commands.
struct MarkdownText {
  private let markdown: String

  init(_ markdown: String) {
    self.markdown = markdown
  }

  /// Adds the text, two columns in; list items hang, and what is fenced stays as it is.
  func add(to layout: inout ReportLayout) {
    var paragraph = ""
    var hang = 2
    var isFenced = false
    func close(_ layout: inout ReportLayout) {
      guard !paragraph.isEmpty else { return }
      let lines = Self.plain(paragraph).wrapped(to: layout.width - hang)
      let marker = String(repeating: " ", count: hang)
      for (index, line) in lines.enumerated() {
        layout.add((index == 0 ? String(marker.dropLast(itemMark(hang))) : marker) + line)
      }
      paragraph = ""
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("```") {
        close(&layout)
        isFenced.toggle()
      } else if isFenced {
        layout.add("    " + line)
      } else if text.isEmpty {
        close(&layout)
        hang = 2
        if layout.lines.last?.isEmpty == false { layout.add("") }
      } else if let mark = Self.itemMark(of: text) {
        close(&layout)
        hang = 2 + mark
        paragraph = String(text)
      } else {
        paragraph += (paragraph.isEmpty ? "" : " ") + text
      }
    }
    close(&layout)
  }

  /// The columns of a list item's mark at a hanging indent.
  private func itemMark(_ hang: Int) -> Int { hang - 2 }

  /// The columns of the mark that begins a list item, `- ` or `12. `; nil for other lines.
  private static func itemMark(of line: Substring) -> Int? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return 2 }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, line[digits.endIndex...].hasPrefix(". ") else { return nil }
    return digits.count + 2
  }

  /// The text without the stars of emphasis; back quotes stay, they mark what to type.
  private static func plain(_ text: String) -> String {
    text.replacing("**", with: "")
  }
}
