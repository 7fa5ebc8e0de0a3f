/// The Markdown below the front matter, cut at its headings.
package struct PlaybookBody: Sendable, Equatable {
  /// The text of the one `#` heading; empty when there is none.
  package let title: String
  /// The parts under `##` headings, in the order of the file.
  package let parts: [Part]

  /// A `##` heading and what stands below it.
  package struct Part: Sendable, Equatable {
    /// The text after `##`.
    package let heading: String
    /// The Markdown without blank lines at its ends.
    package let text: String
  }

  /// The parts that every playbook has, in this order.
  package enum Section: String, Sendable, CaseIterable {
    case meaning
    case impact
    case diagnosis
    case mitigation
    case repair
    case prevention
    case lookAlikes = "look-alikes"

    /// The heading as written in the files.
    package func heading(in language: Language) -> String {
      switch (self, language) {
      case (.meaning, .english): "Meaning"
      case (.impact, .english): "Impact"
      case (.diagnosis, .english): "Diagnosis"
      case (.mitigation, .english): "Mitigation"
      case (.repair, .english): "Repair"
      case (.prevention, .english): "Prevention"
      case (.lookAlikes, .english): "Look-alikes"
      case (.meaning, .chinese): "含义"
      case (.impact, .chinese): "影响"
      case (.diagnosis, .chinese): "诊断"
      case (.mitigation, .chinese): "止损"
      case (.repair, .chinese): "修复"
      case (.prevention, .chinese): "预防"
      case (.lookAlikes, .chinese): "易混淆"
      }
    }
  }

  /// Cuts Markdown at its headings; what looks like one inside a code fence is none.
  package init(_ markdown: some StringProtocol) {
    var title = ""
    var parts: [Part] = []
    var heading: String?
    var lines: [Substring] = []
    var isFenced = false
    func close() {
      guard let heading else { return }
      parts.append(Part(heading: heading, text: Self.trimmed(lines)))
    }
    let all = Substring(markdown).utf8
    for bytes in all.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let line = Substring(bytes)
      if line.drop(while: { $0 == " " }).hasPrefix("```") { isFenced.toggle() }
      if !isFenced, line.hasPrefix("## ") {
        close()
        heading = String(line.dropFirst(3))
        lines = []
      } else if !isFenced, title.isEmpty, line.hasPrefix("# ") {
        title = String(line.dropFirst(2))
      } else {
        lines.append(line)
      }
    }
    close()
    self.title = title
    self.parts = parts
  }

  /// The Markdown of a section, in whichever language the body is.
  package func text(of section: Section) -> String? {
    let headings = Language.allCases.map(section.heading)
    return parts.first { headings.contains($0.heading) }?.text
  }

  private static func trimmed(_ lines: [Substring]) -> String {
    func isBlank(_ line: Substring) -> Bool { line.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }
    let kept = lines.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
    return kept.joined(separator: "\n")
  }
}

extension Playbook {
  /// The whole Markdown below the front matter.
  package var markdown: Substring { prose.body.text }

  /// The Markdown cut at its headings, made anew at each call.
  package var body: PlaybookBody { PlaybookBody(prose.body.text) }
}
