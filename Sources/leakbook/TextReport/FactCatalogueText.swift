import LeakAnalysis

/// The catalogue of facts as the page Documentation/Facts.md.
enum FactCatalogueText {
  static var markdown: String {
    var text = """
      # Facts

      What leakbook measures on captures, and what conditions in playbooks may ask for. A fact whose
      captures are missing is unknown, which is not false: a clue on it adds nothing, and a
      requirement on it is named as what to capture next. `leakbook facts EVIDENCE` shows those that
      some captures tell. This page is made by `leakbook facts --catalogue`; a test compares.


      """
    var group = ""
    for id in FactID.allCases {
      let start = String(id.rawValue.prefix { $0 != "." })
      if start != group {
        group = start
        text += "\n## \(start)\n\n| fact | value | told by | meaning |\n|---|---|---|---|\n"
      }
      let definition = id.definition
      let needs =
        definition.isIncidental
        ? "what was pasted" : definition.needs.map(\.rawValue).joined(separator: ", ")
      text +=
        "| `\(id.rawValue)` | \(value(definition.type)) | \(needs) | \(definition.meaning) |\n"
    }
    return text
  }

  private static func value(_ type: FactType) -> String {
    switch type {
    case .flag: "yes or no"
    case .number(.ratio): "ratio"
    case .number(.count): "count"
    case .number(let unit): "number, \(unit.rawValue)"
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}
