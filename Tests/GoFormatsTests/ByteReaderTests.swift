import Testing

@testable import GoFormats

struct ByteReaderTests {
  @Test(
    arguments: [
      ([0x00], 0), ([0x7f], 127), ([0x80, 0x01], 128), ([0xac, 0x02], 300),
      ([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], UInt64.max),
    ] as [([UInt8], UInt64)]
  )
  func `a varint holds seven bits a byte, the lowest first`(
    bytes: [UInt8],
    value: UInt64
  ) throws {
    var reader = ByteReader(bytes, format: "test")
    #expect(try reader.varint() == value)
    #expect(reader.isAtEnd)
  }

  @Test func `a varint cut short is an error at its offset`() {
    var reader = ByteReader([0x01, 0x80], format: "test")
    _ = try? reader.varint()
    let expected = ParseError(
      format: "test",
      place: .byte(1),
      reason: "data ends inside a varint"
    )
    #expect(throws: expected) { try reader.varint() }
  }

  @Test func `a varint of eleven bytes is an error`() {
    var reader = ByteReader([UInt8](repeating: 0x80, count: 11), format: "test")
    #expect(throws: ParseError.self) { try reader.varint() }
  }

  @Test func `a length beyond the end is an error and moves nothing`() {
    var reader = ByteReader([0x05, 0x01], format: "test")
    #expect(throws: ParseError.self) { try reader.lengthDelimited() }
    #expect(reader.offset == 0)
  }

  @Test func `a word has its lowest byte first`() throws {
    var reader = ByteReader([0x01, 0x02, 0x00, 0x00], format: "test")
    #expect(try reader.word(byteCount: 4) == 0x0201)
  }

  @Test func `a field of an unknown wire type is an error`() {
    var reader = ByteReader([0x0f], format: "test")
    #expect(throws: ParseError.self) { try reader.nextField() }
  }
}
