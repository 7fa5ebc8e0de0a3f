/// A condition that speaks for or against a cause without deciding it.
package struct Clue: Sendable, Equatable {
  /// What is asked.
  package let condition: Condition
  /// Log-odds added when the condition holds; 0 or more.
  package let `for`: Double
  /// Log-odds subtracted when it does not hold; 0 or more.
  package let against: Double
  /// Why, in one clause.
  package let because: String

  /// What the clue adds to the log-odds: nothing when the condition is unknown.
  package func weight(_ truth: Truth) -> Double {
    switch truth {
    case .yes: self.for
    case .no: 0 - against
    case .unknown: 0
    }
  }
}
