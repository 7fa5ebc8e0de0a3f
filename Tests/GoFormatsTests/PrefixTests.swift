import Testing

@testable import GoFormats

/// No input traps or hangs: what is left of a fixture is read, or refused with a `ParseError`.
struct PrefixTests {
  @Test(arguments: Fixture.all)
  func `a prefix is read or refused`(name: String) throws {
    for bytes in try variants(of: name) {
      for count in stride(from: 0, through: bytes.count, by: max(1, bytes.count / 60)) {
        read(Array(bytes.prefix(count)))
      }
      // The last bytes one by one: where the tables and trailers are.
      for count in max(0, bytes.count - 24)..<bytes.count { read(Array(bytes.prefix(count))) }
    }
  }

  @Test(arguments: Fixture.all)
  func `a changed byte is read or refused`(name: String) throws {
    for var bytes in try variants(of: name) {
      for index in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 60)) {
        let byte = bytes[index]
        for change: UInt8 in [0x01, 0x80, 0xff] {
          bytes[index] = byte ^ change
          read(bytes)
        }
        bytes[index] = byte
      }
    }
  }

  /// A fixture as it is and, when it is gzip data, inflated.
  private func variants(of name: String) throws -> [[UInt8]] {
    let bytes = try Fixture.bytes(name)
    guard Gzip.isGzip(bytes) else { return [bytes] }
    return [bytes, try Gzip.inflate(bytes, limits: .default)]
  }

  private func read(_ bytes: [UInt8]) {
    do throws(ParseError) {
      for capture in try Capture.read(bytes, source: "memory.current") {
        guard case .profile(let profile) = capture.content else { continue }
        _ = FunctionTotals(profile)
      }
    } catch {
      #expect(!error.reason.isEmpty)
    }
  }
}
