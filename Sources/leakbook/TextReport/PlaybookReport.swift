import LeakModel
import LeakRules

/// A playbook as plain text: headings, wrapped paragraphs, commands whole on their own lines.
struct PlaybookReport {
  let playbook: Playbook
  /// What stands in the place of placeholders; others become `<name>`.
  let values: [String: String]
  let language: Language

  func lines(width: Int) -> [String] {
    var head = ReportLayout(width: width, indent: 4)
    head.addHead(playbook.severity.rawValue, playbook.title, aside: playbook.id.rawValue)
    var layout = ReportLayout(width: width, indent: 0)
    for line in head.lines { layout.add(line) }
    layout.add("")
    layout.add("", playbook.summary)
    for part in playbook.body.parts {
      layout.add("")
      layout.add(part.heading)
      MarkdownText.add(PlaybookText.render(part.text, filling: values), to: &layout)
    }
    if !playbook.references.isEmpty {
      layout.add("")
      layout.add(language == .chinese ? "参考" : "References")
      for reference in playbook.references { layout.add("  " + reference) }
    }
    return layout.lines
  }
}
