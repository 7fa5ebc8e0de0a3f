import CZlib

/// Makes gzip data (RFC 1952), for answers on their way out.
package enum GzipWriter {
  /// Compresses bytes into one gzip member.
  ///
  /// - Parameters:
  ///   - bytes: At most 4 GiB.
  ///   - level: 1, the fastest, to 9, the smallest.
  /// - Returns: nil when zlib has no memory left, or the bytes are too many.
  package static func compress(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8]? {
    guard bytes.count <= Int(UInt32.max) else { return nil }
    var stream = z_stream()
    guard czlib_deflate_init_gzip(&stream, level) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.count)))
    return bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: bound) { output, count in
        // zlib's field is not const; it never writes there.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        // The bound holds whatever the bytes: one call always comes to the end.
        count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? bound - Int(stream.avail_out) : 0
      }
    }
  }
}
