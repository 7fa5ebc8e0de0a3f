/// Yes, no, or not measured: the three values of Kleene's logic.
package enum Truth: String, Sendable, CaseIterable {
  case yes
  case no
  case unknown

  /// Makes a truth of something known.
  package init(_ isTrue: Bool) {
    self = isTrue ? .yes : .no
  }
}
