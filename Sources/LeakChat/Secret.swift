/// A text that must not be seen in logs, errors or dumps.
package struct Secret: Sendable, Equatable {
  /// The text itself, for signing and sending alone.
  package let reveal: String

  package init(_ text: String) {
    self.reveal = text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "***" }

  /// The same as the description: `dump` and the debugger see no more.
  package var debugDescription: String { description }

  /// A mirror without children.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
