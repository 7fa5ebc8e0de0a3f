import CZlib

/// Inflation of gzip data (RFC 1952) within limits.
package enum Gzip {
  /// Whether the bytes start as gzip data does.
  package static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b
  }

  /// Inflates gzip data of one or several members.
  ///
  /// - Throws: `ParseError` at the byte of the gzip data where it ends early, is damaged, is
  ///   followed by something else or exceeds a limit.
  package static func inflate(
    _ bytes: [UInt8],
    limits: ParseLimits
  ) throws(ParseError) -> [UInt8] {
    guard isGzip(bytes) else { throw failure(0, "no gzip header") }
    guard bytes.count <= Int(UInt32.max) else { throw failure(0, "gzip data exceeds 4 GiB") }
    // A large file that says itself that it holds too much need not be inflated to find out. In a
    // small one the last bytes may be rubbish, which deserves to be called so.
    let ceiling = ceiling(bytes.count, limits)
    guard bytes.count < 64 << 10 || statedSize(bytes) <= ceiling.bytes else {
      throw failure(bytes.count - 4, ceiling.reason)
    }
    var output: [UInt8] = []
    output.reserveCapacity(min(statedSize(bytes), ceiling.bytes))
    var chunk = [UInt8](repeating: 0, count: 128 << 10)
    let problem = bytes.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { room in
        inflate(input, through: room, into: &output, limits: limits)
      }
    }
    if let problem { throw problem }
    return output
  }

  /// The loop around zlib, in terms of pointers; returns what is wrong, if anything.
  private static func inflate(
    _ input: UnsafeBufferPointer<UInt8>,
    through chunk: UnsafeMutableBufferPointer<UInt8>,
    into output: inout [UInt8],
    limits: ParseLimits
  ) -> ParseError? {
    var stream = z_stream()
    guard czlib_inflate_init_gzip(&stream) == Z_OK else { return failure(0, "zlib does not start") }
    defer { inflateEnd(&stream) }
    // zlib's field is not const; it never writes there.
    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.avail_in = UInt32(input.count)
    let ceiling = ceiling(input.count, limits)
    while true {
      stream.next_out = chunk.baseAddress
      stream.avail_out = UInt32(chunk.count)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      let offset = input.count - Int(stream.avail_in)
      let written = chunk.count - Int(stream.avail_out)
      guard output.count + written <= ceiling.bytes else { return failure(offset, ceiling.reason) }
      output.append(
        contentsOf: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(chunk)[..<written])
      )
      switch status {
      case Z_STREAM_END where stream.avail_in == 0: return nil
      case Z_STREAM_END:
        guard input[offset] == 0x1f, offset + 1 == input.count || input[offset + 1] == 0x8b else {
          return failure(offset, "\(stream.avail_in) bytes follow the gzip data")
        }
        inflateReset(&stream)
      case Z_OK where written > 0 || stream.avail_in > 0: continue
      case Z_OK, Z_BUF_ERROR: return failure(offset, "gzip data ends early")
      default:
        // The message is a static string of zlib's: "incorrect data check", "invalid block type" …
        return failure(offset, stream.msg.map { String(cString: $0) } ?? "zlib error \(status)")
      }
    }
  }

  /// The size that the last member gives in its last four bytes: a hint that may lie.
  private static func statedSize(_ bytes: [UInt8]) -> Int {
    bytes.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// The most bytes these limits allow, and what to say beyond.
  private static func ceiling(_ size: Int, _ limits: ParseLimits) -> (bytes: Int, reason: String) {
    let (product, overflow) = size.multipliedReportingOverflow(by: limits.inflationRatio)
    let byRatio = overflow || product > Int.max - (1 << 20) ? Int.max : product + (1 << 20)
    return limits.inflatedBytes <= byRatio
      ? (limits.inflatedBytes, "inflates to more than the limit of \(limits.inflatedBytes) bytes")
      : (byRatio, "inflates more than the limit of \(limits.inflationRatio) times")
  }

  private static func failure(_ offset: Int, _ reason: String) -> ParseError {
    ParseError(format: "gzip", place: .byte(offset), reason: reason)
  }
}
