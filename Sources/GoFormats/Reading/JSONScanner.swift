/// Walks over the members of JSON objects without building a tree.
///
/// Only what a caller asks for is decoded; the rest is stepped over by its brackets and quotes, so
/// depth costs nothing. It is not a validator: what it steps over may be malformed inside.
struct JSONScanner {
  /// Where the scanner stands.
  private(set) var text: TextCursor

  init(_ text: TextCursor) {
    self.text = text
    skipSpace()
  }

  /// Whether nothing but white space is left.
  var isAtEnd: Bool { text.isAtEnd }

  /// Enters an object; false when the next value is none.
  mutating func enterObject() -> Bool {
    guard text.take("{") else { return false }
    skipSpace()
    return true
  }

  /// Takes the name of the next member, without quotes and with its escapes as they are, and stops
  /// at its value; nil at the end of the object or where it is broken.
  mutating func takeKey() -> Range<Int>? {
    if text.take(",") { skipSpace() }
    guard text.next == UInt8(ascii: "\""), let key = takeString() else { return nil }
    skipSpace()
    guard text.take(":") else { return nil }
    skipSpace()
    return key
  }

  /// Leaves an object; false when it is not at its end.
  mutating func leaveObject() -> Bool {
    guard text.take("}") else { return false }
    skipSpace()
    return true
  }

  /// Takes a number; nil, without moving, when the next value is none.
  mutating func takeNumber() -> Double? {
    guard let byte = text.next, Ascii.isDigit(byte) || byte == UInt8(ascii: "-"),
      let number = text.takeNumber()
    else { return nil }
    skipSpace()
    return number
  }

  /// Steps over the next value; false when the text ends inside it.
  mutating func skipValue() -> Bool {
    var depth = 0
    while let byte = text.next {
      switch byte {
      case UInt8(ascii: "\""):
        guard takeString() != nil else { return false }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        text.offset += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
        if depth == 0 { return true }
        if byte != UInt8(ascii: ",") { depth -= 1 }
        text.offset += 1
      default:
        text.offset += 1
      }
    }
    return false
  }

  private mutating func takeString() -> Range<Int>? {
    text.offset += 1
    let start = text.offset
    while let byte = text.next {
      text.offset += 1
      if byte == UInt8(ascii: "\"") { return start..<text.offset - 1 }
      if byte == UInt8(ascii: "\\"), !text.isAtEnd { text.offset += 1 }
    }
    return nil
  }

  private mutating func skipSpace() {
    while let byte = text.next, Ascii.isBlank(byte) || byte == Ascii.newline { text.offset += 1 }
  }
}
