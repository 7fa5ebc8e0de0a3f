import LeakModel

extension FactSet {
  mutating func insert(_ id: FactID, _ number: Double, _ statement: String, _ from: [String]) {
    guard number.isFinite else { return }
    insert(Fact(id: id, value: .number(number), statement: statement, from: from))
  }

  mutating func insert(_ id: FactID, _ value: FactValue, _ statement: String, _ from: [String]) {
    insert(Fact(id: id, value: value, statement: statement, from: from))
  }
}

/// A part of a whole as a person reads it: `7 %`, `99.6 %`.
func percent(_ ratio: Double) -> String {
  let value = ratio * 100
  if value > 0, value < 0.5 { return "under 1 %" }
  return (value > 99 && value < 100 ? "over 99" : "\(Int(clamping: value.rounded()))") + " %"
}
