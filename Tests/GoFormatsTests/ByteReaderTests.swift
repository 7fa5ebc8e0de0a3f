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
    try read(bytes) { reader in
      let read = try reader.varint()
      #expect(read == value)
      #expect(reader.isAtEnd)
    }
  }

  @Test func `a varint cut short is an error at its offset`() {
    let expected = ParseError(
      format: "pprof",
      place: .byte(1),
      reason: "data ends inside a varint"
    )
    read([0x01, 0x80]) { reader in
      _ = try? reader.varint()
      #expect(throws: expected) { try reader.varint() }
    }
  }

  @Test func `a varint of eleven bytes is an error`() {
    read([UInt8](repeating: 0x80, count: 11)) { reader in
      #expect(throws: ParseError.self) { try reader.varint() }
    }
  }

  @Test func `a length beyond the end is an error and moves nothing`() {
    read([0x05, 0x01]) { reader in
      #expect(throws: ParseError.self) { try reader.lengthDelimited() }
      #expect(reader.offset == 0)
    }
  }

  @Test func `a word has its lowest byte first`() throws {
    try read([0x01, 0x02, 0x00, 0x00]) { reader in
      let word = try reader.word(byteCount: 4)
      #expect(word == 0x0201)
    }
  }

  @Test func `a field of an unknown wire type is an error`() {
    read([0x0f]) { reader in
      #expect(throws: ParseError.self) { try reader.nextField() }
    }
  }

  private func read(_ bytes: [UInt8], _ body: (inout ByteReader) throws -> Void) rethrows {
    try bytes.withUnsafeBufferPointer { bytes in
      var reader = ByteReader(bytes)
      try body(&reader)
    }
  }
}
