import LeakAnalysis
import LeakModel

/// One comparison of a fact with a literal, for example `goroutine.slope >= 5 per min`.
struct FactComparison: Sendable, Hashable {
  /// The fact compared.
  let fact: FactID
  let test: Test

  /// What the fact's value must satisfy; the numbers are in the fact's own unit.
  enum Test: Sendable, Hashable {
    case number(Comparator, Double)
    case word(Set<String>)
    case notWord(String)
    case flag(Bool)
  }

  /// How a number is compared.
  enum Comparator: String, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"

    func holds(_ value: Double, _ bound: Double) -> Bool {
      switch self {
      case .equal: value == bound
      case .notEqual: value != bound
      case .atLeast: value >= bound
      case .atMost: value <= bound
      case .above: value > bound
      case .below: value < bound
      }
    }
  }

  /// Judges the comparison; unknown when the fact was not measured or its value is no number.
  func evaluate(_ facts: FactSet) -> Truth {
    switch (facts[fact]?.value, test) {
    case (.number(let value), .number(let comparator, let bound)) where !value.isNaN:
      Truth(comparator.holds(value, bound))
    case (.word(let word), .word(let accepted)): Truth(accepted.contains(word))
    case (.word(let word), .notWord(let refused)): Truth(word != refused)
    case (.flag(let flag), .flag(let wanted)): Truth(flag == wanted)
    default: .unknown
    }
  }
}
