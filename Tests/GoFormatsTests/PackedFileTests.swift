import Testing

@testable import GoFormats

struct PackedFileTests {
  @Test(
    arguments: [
      ([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00], "zip archive"),
      (Array(repeating: 0x61, count: 257) + Array("ustar\0".utf8), "tar archive"),
      ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "file packed by zstd"),
      (Array("BZh91AY".utf8), "file packed by bzip2"),
    ] as [([UInt8], String)]
  )
  func `what captures are packed into is named, with what to do`(bytes: [UInt8], name: String) {
    let error = #expect(throws: ParseError.self) { try Capture.read(bytes, source: "a") }
    #expect(
      error?.reason == "a \(name), which is not unpacked: unpack it and hand in what is in it"
    )
  }

  @Test func `an archive is named within gzip, too`() throws {
    let tar = Array(repeating: UInt8(0x61), count: 257) + Array("ustar\0".utf8)
    let packed = try #require(GzipWriter.compress(tar))
    let error = #expect(throws: ParseError.self) { try Capture.read(packed, source: "a.tgz") }
    #expect(error?.reason.hasPrefix("a tar archive") == true)
  }

  @Test(arguments: [true, false])
  func `a text in UTF-16 is read`(isLittle: Bool) throws {
    let text = "goroutine 1 [running]:\nmain.main()\n\t/srv/cart/main.go:20 +0x4c\n"
    let bytes = ("\u{FEFF}" + text).utf16.flatMap { unit in
      let pair = [UInt8(truncatingIfNeeded: unit >> 8), UInt8(truncatingIfNeeded: unit)]
      return isLittle ? pair.reversed() : pair
    }
    #expect(try Capture.read(bytes, source: "a").map(\.format) == [.goroutineDump])
    #expect(WideText.utf8(of: bytes) == Array(text.utf8))
  }

  @Test(arguments: [[], [0xFF], [0xFF, 0xFE], [0xFF, 0xFE, 0x41], [0xFF, 0xFE, 0x00, 0xD8]])
  func `a text in UTF-16 that is cut is no trap`(bytes: [UInt8]) {
    #expect(WideText.utf8(of: bytes).map { $0.count < 4 } ?? (bytes.count < 2))
  }
}
