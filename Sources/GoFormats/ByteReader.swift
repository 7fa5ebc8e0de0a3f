/// A place in binary data that moves forward as values are read.
///
/// Reads the protocol buffer wire format and little-endian words. Every read checks the bounds;
/// an error gives the offset at which the value starts.
struct ByteReader {
  let bytes: [UInt8]
  /// The name for errors.
  let format: String
  /// The offset of the next byte.
  var offset: Int
  /// Where this reader's part of the bytes ends.
  let end: Int

  init(_ bytes: [UInt8], range: Range<Int>? = nil, format: String) {
    self.bytes = bytes
    self.format = format
    self.offset = range?.lowerBound ?? 0
    self.end = range?.upperBound ?? bytes.count
  }

  var isAtEnd: Bool { offset >= end }

  /// Reads a varint: seven bits a byte, the lowest first, ten bytes at most.
  ///
  /// Bits beyond the 64th are dropped, as Go's reader drops them.
  mutating func varint() throws(ParseError) -> UInt64 {
    if offset < end, bytes[offset] < 0x80 {
      offset += 1
      return UInt64(bytes[offset - 1])
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

  /// Reads the varints that fill a part of the bytes, one after another.
  ///
  /// The loop over a profile's stacks: most of its bytes pass here.
  @inline(__always)
  func readVarints(
    in range: Range<Int>,
    _ body: (UInt64) -> Void
  ) throws(ParseError) {
    var index = range.lowerBound
    while index < range.upperBound {
      var byte = bytes[index]
      var value = UInt64(byte & 0x7f)
      var shift: UInt64 = 7
      index += 1
      while byte >= 0x80 {
        guard index < range.upperBound, shift < 70 else {
          throw ParseError(
            format: format,
            place: .byte(index),
            reason: shift < 70
              ? "data ends inside a varint" : "varint is longer than ten bytes"
          )
        }
        byte = bytes[index]
        value |= UInt64(byte & 0x7f) &<< shift
        shift += 7
        index += 1
      }
      body(value)
    }
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
    ParseError(format: format, place: .byte(offset), reason: reason)
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
    ByteReader(bytes, range: try range(field), format: format)
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
    ParseError(
      format: format,
      place: .byte(field.offset),
      reason: "field \(field.number) is not \(expected)"
    )
  }
}
