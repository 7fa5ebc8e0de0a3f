/// A common belief about memory that the evidence of a diagnosis contradicts.
package struct Misbelief: Sendable, Equatable, Codable {
  /// The belief, as people say it.
  package var belief: String
  /// What the evidence shows instead, with its numbers.
  package var correction: String
  /// The captures it was measured on.
  package var from: [String]

  package init(belief: String, correction: String, from: [String]) {
    self.belief = belief
    self.correction = correction
    self.from = from
  }
}
