package import LeakAnalysis

/// What a rule asks of the facts: a comparison, or several of which one must hold.
///
/// Written `goroutine.slope >= 5 per min`, or `goroutine.sql_rows.growth >= 10 or
/// goroutine.sql_conn_wait.growth >= 10`.
package struct Condition: Sendable, Hashable {
  /// The comparisons, never empty.
  let alternatives: [FactComparison]
  /// The condition as written.
  package let text: String

  /// Reads a condition: comparisons joined by `or`.
  ///
  /// - Throws: `TextError` at the first part that is wrong.
  init(_ text: String) throws(TextError) {
    var alternatives: [FactComparison] = []
    var offset = 0
    for part in text.split(separator: " or ", omittingEmptySubsequences: false) {
      do {
        alternatives.append(try FactComparison(String(part)))
      } catch {
        throw TextError(offset: offset + error.offset, message: error.message)
      }
      offset += part.unicodeScalars.count + 4
    }
    self.alternatives = alternatives
    self.text = text
  }

  /// The facts compared, each once, in the order of the text.
  package var facts: [FactID] {
    var facts: [FactID] = []
    for alternative in alternatives where !facts.contains(alternative.fact) {
      facts.append(alternative.fact)
    }
    return facts
  }

  /// Judges the condition by Kleene's logic: one "yes" decides, else one "unknown" leaves it open.
  ///
  /// An alternative on an incidental fact that was not met leaves nothing open: nobody can be asked
  /// for it.
  package func evaluate(_ facts: FactSet) -> Truth {
    let truths = alternatives.map { judge($0, facts) }
    if truths.contains(.yes) { return .yes }
    return truths.contains(.unknown) ? .unknown : .no
  }

  /// The facts that decide: of the alternatives that hold; all where none does.
  package func deciding(in facts: FactSet) -> [FactID] {
    let holding = alternatives.filter { judge($0, facts) == .yes }.map(\.fact)
    return holding.isEmpty ? self.facts : holding
  }

  /// The facts whose comparisons are open.
  func missing(in facts: FactSet) -> [FactID] {
    alternatives.filter { judge($0, facts) == .unknown }.map(\.fact)
  }

  private func judge(_ comparison: FactComparison, _ facts: FactSet) -> Truth {
    let truth = comparison.evaluate(facts)
    let isOpen = alternatives.count == 1 || !comparison.fact.definition.isIncidental
    return truth == .unknown && !isOpen ? .no : truth
  }
}

extension Condition: CustomStringConvertible {
  package var description: String { text }
}
