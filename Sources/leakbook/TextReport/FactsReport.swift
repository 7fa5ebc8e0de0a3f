import LeakAnalysis

/// Facts, each by its name with what it states.
struct FactsReport {
  let facts: FactSet

  init(_ facts: FactSet) {
    self.facts = facts
  }

  func lines(width: Int) -> [String] {
    let names = facts.all.map(\.id.rawValue)
    // A name stands above its statement where the two would leave the statement no room.
    let indent = min(names.map(\.count).max() ?? 0, width / 2) + 2
    var layout = ReportLayout(width: width, indent: indent)
    for fact in facts.all {
      if fact.id.rawValue.count + 2 > indent { layout.add(fact.id.rawValue) }
      layout.add(
        fact.id.rawValue.count + 2 > indent ? "" : fact.id.rawValue,
        fact.statement
      )
    }
    return layout.lines
  }
}
