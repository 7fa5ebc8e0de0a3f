import CZlib

/// Makes one gzip member (RFC 1952) of pieces that come one at a time.
///
/// Each piece is deflated by itself up to a byte boundary, so that between two of them nothing is
/// held but a checksum: a stream of zlib would keep 256 KiB for every client that takes its time.
package struct GzipPieces: Sendable {
  private let level: Int32
  private var checksum: UInt
  /// Modulo 2³², as the trailer has it.
  private var count: UInt32 = 0
  private var hasBegun = false

  /// Magic, method deflate, no flags, no time, no extra flags, unknown system.
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  /// A last block of deflate without anything in it.
  private static let end: [UInt8] = [3, 0]

  /// - Parameter level: 1, the fastest, to 9, the smallest.
  package init(level: Int32) {
    self.level = level
    self.checksum = crc32(0, nil, 0)
  }

  /// Compresses the next piece.
  ///
  /// - Parameter bytes: At most 4 GiB.
  /// - Returns: What is to be sent, with the header before the first piece; nil when zlib has no
  ///   memory left.
  package mutating func add(_ bytes: [UInt8]) -> [UInt8]? {
    guard !bytes.isEmpty else { return [] }
    guard let piece = Self.deflated(bytes, level) else { return nil }
    defer { hasBegun = true }
    checksum = crc32(checksum, bytes, UInt32(bytes.count))
    count &+= UInt32(truncatingIfNeeded: bytes.count)
    return hasBegun ? piece : Self.header + piece
  }

  /// What comes after the last piece.
  package func finish() -> [UInt8] {
    let trailer = [UInt32(truncatingIfNeeded: checksum), count].flatMap { number in
      withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
    return (hasBegun ? [] : Self.header) + Self.end + trailer
  }

  private static func deflated(_ bytes: [UInt8], _ level: Int32) -> [UInt8]? {
    var stream = z_stream()
    guard czlib_deflate_init_raw(&stream, level) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    // A full flush adds an empty block, of five bytes, to what zlib reckons with.
    let bound = Int(deflateBound(&stream, UInt(bytes.count))) + 16
    let deflated = bytes.withUnsafeBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: bound) { output, count in
        // zlib's field is not const; it never writes there.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        let isWhole = deflate(&stream, Z_FULL_FLUSH) == Z_OK && stream.avail_out > 0
        count = isWhole ? bound - Int(stream.avail_out) : 0
      }
    }
    return deflated.isEmpty ? nil : deflated
  }
}
