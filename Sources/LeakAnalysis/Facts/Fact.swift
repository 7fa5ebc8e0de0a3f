package import LeakModel

/// One measured statement about a program, with the captures it was measured on.
package struct Fact: Sendable, Equatable {
  package let id: FactID
  package let value: FactValue
  /// The fact as a sentence with its numbers, for people.
  package let statement: String
  /// The sources of the captures, in order.
  package let from: [String]

  package init(id: FactID, value: FactValue, statement: String, from: [String]) {
    self.id = id
    self.value = value
    self.statement = statement
    self.from = from
  }
}

/// The facts that some evidence allows; a fact that is absent is unknown, which is not false.
package struct FactSet: Sendable, Equatable {
  package private(set) var facts: [FactID: Fact] = [:]

  package init(_ facts: [Fact] = []) {
    for fact in facts { self.facts[fact.id] = fact }
  }

  /// The fact of that name; nil when it is unknown.
  package subscript(id: FactID) -> Fact? { facts[id] }

  /// Adds a fact in place of the one of the same name.
  package mutating func insert(_ fact: Fact) {
    facts[fact.id] = fact
  }

  /// The facts whose names begin in none of some ways.
  package func without(_ prefixes: [String]) -> FactSet {
    FactSet(all.filter { fact in !prefixes.contains { fact.id.rawValue.hasPrefix($0) } })
  }

  /// All facts in the order of the catalogue.
  package var all: [Fact] { FactID.allCases.compactMap { facts[$0] } }

  /// The value of a number fact; nil when it is unknown.
  package func number(_ id: FactID) -> Double? {
    if case .number(let number) = facts[id]?.value { number } else { nil }
  }

  /// The value of a word fact; nil when it is unknown.
  package func word(_ id: FactID) -> String? {
    if case .word(let word) = facts[id]?.value { word } else { nil }
  }

  /// The value of a yes-or-no fact; nil when it is unknown.
  package func flag(_ id: FactID) -> Bool? {
    if case .flag(let flag) = facts[id]?.value { flag } else { nil }
  }
}
