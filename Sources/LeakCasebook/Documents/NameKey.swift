/// A key of JSON whose name is known only when the program runs.
package struct NameKey: CodingKey {
  package let stringValue: String
  package let intValue: Int? = nil

  /// The key of that name.
  package init(_ name: String) { self.stringValue = name }

  /// The key of that name; never nil.
  package init?(stringValue: String) { self.init(stringValue) }

  /// Nil: no number is a name.
  package init?(intValue: Int) { nil }
}
