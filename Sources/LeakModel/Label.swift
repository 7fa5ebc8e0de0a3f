/// What somebody knows an incident by besides: a key and its value, written `pod=relay-7`.
package struct Label: Sendable, Equatable {
  /// Never empty, without an equals sign.
  package let key: String
  /// Anything, also nothing.
  package let value: String

  /// Reads `key=value`; nil without an equals sign or without a key.
  ///
  /// The sign is looked for among the scalars: what a reader sees as one character with a mark on
  /// it is an equals sign still.
  package init?(_ text: String) {
    let scalars = text.unicodeScalars
    guard let equals = scalars.firstIndex(of: "="), equals > scalars.startIndex else { return nil }
    self.key = String(scalars[..<equals])
    self.value = String(scalars[scalars.index(after: equals)...])
  }
}
