/// A place in a profile.proto that moves forward as values are read.
///
/// Reads the protocol buffer wire format. An error gives the offset at which the value starts.
///
/// Reads through a pointer, for speed: a reader must not outlive the `withUnsafeBufferPointer` that
/// it comes from. Every load is of an offset below `end`, which never exceeds the bytes: parts are
/// cut by `lengthDelimited` alone, which checks.
struct ByteReader {
  let bytes: UnsafeBufferPointer<UInt8>
  /// The offset of the next byte.
  var offset: Int
  /// Where this reader's part of the bytes ends.
  let end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    offset = 0
    end = bytes.count
  }

  private init(_ whole: ByteReader, part: Range<Int>) {
    bytes = whole.bytes
    offset = part.lowerBound
    end = part.upperBound
  }

  /// A reader of a part that `lengthDelimited` gave.
  func part(_ range: Range<Int>) -> ByteReader { ByteReader(self, part: range) }

  var isAtEnd: Bool { offset >= end }
  var rest: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[offset..<end]) }

  /// Reads a varint: seven bits a byte, the lowest first, ten bytes at most.
  ///
  /// Bits beyond the 64th are dropped, as Go's reader drops them.
  @inline(__always)
  mutating func varint() throws(ParseError) -> UInt64 {
    if offset < end, bytes[offset] < 0x80 {
      offset += 1
      return UInt64(bytes[offset - 1])
    }
    if offset + 1 < end, bytes[offset + 1] < 0x80 {
      offset += 2
      return UInt64(bytes[offset - 2] & 0x7f) | UInt64(bytes[offset - 1]) << 7
    }
    return try longVarint()
  }

  private mutating func longVarint() throws(ParseError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    var index = offset
    while index < end, shift < 70 {
      let byte = bytes[index]
      index += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 {
        offset = index
        return value
      }
      shift += 7
    }
    throw error(index < end ? "varint is longer than ten bytes" : "data ends inside a varint")
  }

  /// Reads a word of four or eight bytes, the lowest first.
  mutating func word(byteCount: Int) throws(ParseError) -> UInt64 {
    guard end - offset >= byteCount else {
      throw error("\(byteCount) bytes expected, \(end - offset) left")
    }
    var value: UInt64 = 0
    for index in 0..<byteCount { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    offset += byteCount
    return value
  }

  /// Reads a length and steps over that many bytes; returns where they are.
  @inline(__always)
  mutating func lengthDelimited() throws(ParseError) -> Range<Int> {
    let start = offset
    let length = try varint()
    guard length <= UInt64(end - offset) else {
      let left = end - offset
      offset = start
      throw error("length \(length) exceeds the \(left) bytes left")
    }
    let range = offset..<offset + Int(length)
    offset = range.upperBound
    return range
  }

  func error(_ reason: String) -> ParseError {
    Profile.malformed(reason, at: offset)
  }
}

extension ByteReader {
  /// A field of a protocol buffer message: its number and its undecoded content.
  struct Field {
    enum Content {
      case number(UInt64)
      case bytes(Range<Int>)
      /// A fixed32 or fixed64, which no message read here uses.
      case fixed
    }

    let number: UInt64
    let content: Content
    /// Where the field starts.
    let offset: Int
  }

  /// Reads the next field; nil at the end of the message.
  @inline(__always)
  mutating func nextField() throws(ParseError) -> Field? {
    guard offset < end else { return nil }
    let start = offset
    let tag = try varint()
    let content: Field.Content
    switch tag & 7 {
    case 0: content = .number(try varint())
    case 1:
      _ = try word(byteCount: 8)
      content = .fixed
    case 2: content = .bytes(try lengthDelimited())
    case 5:
      _ = try word(byteCount: 4)
      content = .fixed
    default:
      offset = start
      throw error("unknown wire type \(tag & 7)")
    }
    return Field(number: tag >> 3, content: content, offset: start)
  }

  /// A reader of an embedded message.
  func message(_ field: Field) throws(ParseError) -> ByteReader {
    part(try range(field))
  }

  /// The bytes of a field that must be length-delimited.
  func range(_ field: Field) throws(ParseError) -> Range<Int> {
    if case .bytes(let range) = field.content { return range }
    throw wrongType(field, expected: "bytes")
  }

  /// The value of a field that must be a varint.
  func number(_ field: Field) throws(ParseError) -> UInt64 {
    if case .number(let value) = field.content { return value }
    throw wrongType(field, expected: "a varint")
  }

  /// The value of a signed field: two's complement, as int64 is written.
  func signed(_ field: Field) throws(ParseError) -> Int64 {
    Int64(bitPattern: try number(field))
  }

  private func wrongType(_ field: Field, expected: String) -> ParseError {
    Profile.malformed("field \(field.number) is not \(expected)", at: field.offset)
  }
}
