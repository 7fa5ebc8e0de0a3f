import Testing

@testable import GoFormats

struct GzipTests {
  /// The output of `printf leak | gzip -n`.
  private static let leak: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xcb, 0x49, 0x4d, 0xcc, 0x06, 0x00,
    0x5a, 0x7c, 0x2e, 0xb8, 0x04, 0x00, 0x00, 0x00,
  ]

  private func failure(_ bytes: [UInt8], _ limits: ParseLimits = .default) -> ParseError? {
    do throws(ParseError) {
      _ = try Gzip.inflate(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a member inflates to its content`() throws {
    #expect(try Gzip.inflate(Self.leak, limits: .default) == Array(text: "leak"))
  }

  @Test func `members one after another inflate to one content`() throws {
    let twice = try Gzip.inflate(Self.leak + Self.leak, limits: .default)
    #expect(twice == Array(text: "leakleak"))
  }

  @Test(arguments: 2..<24)
  func `data cut anywhere is an error`(count: Int) {
    #expect(failure(Array(Self.leak.prefix(count)))?.reason == "gzip data ends early")
  }

  @Test func `a wrong checksum is an error`() {
    var bytes = Self.leak
    bytes[16] ^= 1
    #expect(failure(bytes)?.reason == "incorrect data check")
  }

  @Test func `what follows the data is an error at its offset`() {
    let error = failure(Self.leak + [0, 0])
    #expect(error?.place == .byte(Self.leak.count))
    #expect(error?.reason == "2 bytes follow the gzip data")
  }

  @Test func `the limit on the size is named`() {
    var limits = ParseLimits()
    limits.inflatedBytes = 3
    #expect(failure(Self.leak, limits)?.reason == "inflates to more than the limit of 3 bytes")
  }

  @Test func `the limit on the ratio begins beyond a mebibyte`() throws {
    var limits = ParseLimits()
    limits.inflationRatio = 0
    #expect(try Gzip.inflate(Self.leak, limits: limits).count == 4)
  }
}

struct GzipPiecesTests {
  private static func packed(_ pieces: [String]) throws -> [UInt8] {
    var gzip = GzipPieces(level: 4)
    var bytes: [UInt8] = []
    for piece in pieces {
      let added = gzip.add(Array(text: piece))
      bytes += try #require(added)
    }
    return bytes + gzip.finish()
  }

  @Test(arguments: [
    [], ["leak"], ["le", "", "ak"], [String(repeating: "leak ", count: 50_000), "\n", "end"],
  ])
  func `pieces inflate to the whole`(pieces: [String]) throws {
    let whole = try Gzip.inflate(try Self.packed(pieces), limits: .default)
    #expect(whole == Array(text: pieces.joined()))
  }

  @Test func `pieces make one member, for clients that read no more than one`() throws {
    let magic: [UInt8] = [0x1F, 0x8B, 8]
    let bytes = try Self.packed(["one", "two", "three"])
    #expect(bytes.indices.filter { bytes[$0...].starts(with: magic) } == [0])
  }

  @Test func `a piece is whole before the next is known`() throws {
    var gzip = GzipPieces(level: 4)
    let first = gzip.add(Array(text: "leak"))
    // A full flush ends in an empty stored block.
    #expect(first?.suffix(4) == [0, 0, 0xFF, 0xFF])
  }
}
