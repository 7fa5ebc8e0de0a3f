/// What was read from a text, and the pieces of it that could not be.
package struct Parsed<Value: Sendable>: Sendable {
  /// What was read.
  package var value: Value
  /// At most the first hundred, in the order of the text.
  package private(set) var skipped: [ParseError] = []

  /// Starts with a value and nothing skipped.
  package init(_ value: Value) {
    self.value = value
  }

  /// Records what was left out and why.
  mutating func skip(_ piece: ParseError) {
    guard skipped.count < 100 else { return }
    skipped.append(piece)
  }

  /// Records a line that could not be read, counted from 1.
  mutating func skip(line: Int, format: String, _ reason: String) {
    skip(ParseError(format: format, place: .line(line), reason: reason))
  }
}
