/// A place in a text's bytes that moves forward as tokens are taken; a line is a cursor too.
///
/// Taking fails without moving. Nothing is decoded to a `String` but what is asked for.
struct TextCursor {
  let bytes: [UInt8]
  /// The offset of the next byte.
  var offset: Int
  /// Where this cursor's part of the bytes ends.
  private(set) var end: Int

  init(_ bytes: [UInt8], range: Range<Int>? = nil) {
    self.bytes = bytes
    self.offset = range?.lowerBound ?? 0
    self.end = range?.upperBound ?? bytes.count
  }

  var isAtEnd: Bool { offset >= end }
  var rest: Range<Int> { offset..<end }
  var next: UInt8? { offset < end ? bytes[offset] : nil }

  /// Takes a line and its end (`\n` or `\r\n`); the cursor that comes back holds the line alone.
  mutating func takeLine() -> TextCursor? {
    guard offset < end else { return nil }
    var index = offset
    while index < end, bytes[index] != Ascii.newline { index += 1 }
    let start = offset
    offset = min(index + 1, end)
    if index > start, bytes[index - 1] == Ascii.carriageReturn { index -= 1 }
    return TextCursor(bytes, range: start..<index)
  }

  /// Whether the text goes on with these bytes.
  func starts(with literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard end - offset >= count else { return false }
    return literal.withUTF8Buffer { literal in
      for index in 0..<count where bytes[offset + index] != literal[index] { return false }
      return true
    }
  }

  mutating func take(_ literal: StaticString) -> Bool {
    guard starts(with: literal) else { return false }
    offset += literal.utf8CodeUnitCount
    return true
  }

  /// Takes everything up to and including the next occurrence.
  mutating func take(through literal: StaticString) -> Bool {
    guard let found = find(literal) else { return false }
    offset = found + literal.utf8CodeUnitCount
    return true
  }

  /// The offset of the next occurrence.
  func find(_ literal: StaticString) -> Int? {
    let count = literal.utf8CodeUnitCount
    guard count > 0, end - offset >= count else { return nil }
    return literal.withUTF8Buffer { literal in
      var index = offset
      while index <= end - count {
        if bytes[index] == literal[0],
          (1..<count).allSatisfy({ bytes[index + $0] == literal[$0] })
        {
          return index
        }
        index += 1
      }
      return nil
    }
  }

  mutating func skipBlanks() {
    while offset < end, Ascii.isBlank(bytes[offset]) { offset += 1 }
  }

  /// Takes bytes while they are of a kind; the range may be empty.
  mutating func take(while belongs: (UInt8) -> Bool) -> Range<Int> {
    let start = offset
    while offset < end, belongs(bytes[offset]) { offset += 1 }
    return start..<offset
  }

  /// Takes the bytes up to the next blank, after skipping blanks; nil at the end.
  mutating func takeWord() -> Range<Int>? {
    skipBlanks()
    let word = take { !Ascii.isBlank($0) }
    return word.isEmpty ? nil : word
  }

  /// Takes a decimal integer with an optional minus sign; nil also beyond 64 bits.
  mutating func takeInteger() -> Int64? {
    var index = offset
    let isNegative = index < end && bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let first = index
    var value: Int64 = 0
    while index < end, let digit = Ascii.digit(bytes[index]) {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) =
        isNegative
        ? shifted.subtractingReportingOverflow(Int64(digit))
        : shifted.addingReportingOverflow(Int64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
      index += 1
    }
    guard index > first else { return nil }
    offset = index
    return value
  }

  /// Takes hexadecimal digits, with or without `0x`; nil also beyond 64 bits.
  mutating func takeHex() -> UInt64? {
    var cursor = self
    _ = cursor.take("0x")
    let first = cursor.offset
    var value: UInt64 = 0
    while let byte = cursor.next, let digit = Ascii.hexDigit(byte) {
      guard value >> 60 == 0 else { return nil }
      value = value << 4 | UInt64(digit)
      cursor.offset += 1
    }
    guard cursor.offset > first else { return nil }
    self = cursor
    return value
  }

  /// Takes a number as JSON, Prometheus and Go print it: `-12`, `0.17`, `2.3e+07`, `NaN`, `+Inf`.
  mutating func takeNumber() -> Double? {
    let start = offset
    let word = take {
      Ascii.isAlphanumeric($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: ".")
    }
    // Eighteen digits fit an integer: no need for the general conversion.
    if word.count <= 18 {
      var digits = TextCursor(bytes, range: word)
      if let integer = digits.takeInteger(), digits.isAtEnd { return Double(integer) }
    }
    guard !word.isEmpty, word.count <= 40,
      let number = Double(String(decoding: bytes[word], as: UTF8.self))
    else {
      offset = start
      return nil
    }
    return number
  }

  /// Takes digits with perhaps a fraction and no exponent: `0.17`.
  mutating func takeDecimal() -> Double? {
    var cursor = self
    let number = cursor.take { Ascii.isDigit($0) || $0 == UInt8(ascii: ".") }
    var digits = TextCursor(bytes, range: number)
    guard let value = digits.takeNumber() else { return nil }
    self = cursor
    return value
  }

  /// A cursor on a part of this text.
  func part(_ range: Range<Int>) -> TextCursor { TextCursor(bytes, range: range) }

  /// The text of a part; bytes that are no UTF-8 become U+FFFD.
  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// Cuts blanks and line ends off the end.
  mutating func trimEnd() {
    while end > offset, Ascii.isBlank(bytes[end - 1]) || bytes[end - 1] == Ascii.newline {
      end -= 1
    }
  }

  /// The last occurrence of a byte.
  func findLast(_ byte: UInt8) -> Int? {
    bytes[rest].lastIndex(of: byte)
  }
}

/// The bytes that text captures are made of.
enum Ascii {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let tab = UInt8(ascii: "\t")
  static let space = UInt8(ascii: " ")
  static let colon = UInt8(ascii: ":")

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == space || byte == tab || byte == carriageReturn
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

  /// Letters, digits and underscore.
  static func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == UInt8(ascii: "_") }

  static func digit(_ byte: UInt8) -> UInt8? { isDigit(byte) ? byte - 48 : nil }

  static func hexDigit(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte - 48 }
    let letter = (byte | 0x20) &- 97
    return letter < 6 ? letter + 10 : nil
  }
}
