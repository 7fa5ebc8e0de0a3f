/// A body of `multipart/form-data`, cut into its parts.
///
/// Shape, lines ending in CR LF (RFC 7578; RFC 2046, section 5.1.1):
/// ```
/// --XYZ
/// Content-Disposition: form-data; name="file"; filename="heap.pb.gz"
///
/// …bytes…
/// --XYZ--
/// ```
/// Nothing may stand before the first boundary, and at most a line end after the last.
struct Multipart: Sendable, Equatable {
  /// One part: what its header says of it, and its bytes as they were sent.
  struct Part: Sendable, Equatable {
    let disposition: ContentDisposition
    let bytes: [UInt8]
  }

  /// In the order of the body; never empty.
  let parts: [Part]

  static let mostParts = 64
  private static let largestHead = 8 << 10

  /// Cuts a body.
  ///
  /// Complexity: linear in the body's length.
  ///
  /// - Parameters:
  ///   - bytes: The body.
  ///   - boundary: The parameter of the `Content-Type` header.
  /// - Throws: `MultipartError` at the byte where the body departs from the shape.
  init(_ bytes: [UInt8], boundary: String) throws(MultipartError) {
    guard Self.isBoundary(boundary) else {
      throw MultipartError(offset: 0, reason: "the boundary is not one of 1 to 70 plain characters")
    }
    let delimiter = Array("\r\n--\(boundary)".utf8)
    var parts: [Part] = []
    // The first delimiter has no line end before it.
    guard bytes.starts(with: delimiter.dropFirst(2)) else {
      throw MultipartError(offset: 0, reason: "the body does not begin with its boundary")
    }
    var offset = delimiter.count - 2
    while true {
      if Self.has("--", in: bytes, at: offset) {
        offset += 2
        guard
          offset == bytes.count
            || offset + 2 == bytes.count && Self.has("\r\n", in: bytes, at: offset)
        else { throw MultipartError(offset: offset, reason: "something follows the last boundary") }
        break
      }
      guard Self.has("\r\n", in: bytes, at: offset) else {
        throw MultipartError(offset: offset, reason: "a boundary is not followed by a line end")
      }
      guard parts.count < Self.mostParts else {
        throw MultipartError(offset: offset, reason: "there are more than \(Self.mostParts) parts")
      }
      let head = offset + 2
      let (disposition, start) = try Self.readHead(bytes, at: head)
      // An empty part shares the line end of its head with the delimiter.
      guard let end = Self.find(delimiter, in: bytes, from: start - 2) else {
        throw MultipartError(offset: head, reason: "the part is cut short: no boundary follows it")
      }
      parts.append(Part(disposition: disposition, bytes: Array(bytes[start..<max(start, end)])))
      offset = end + delimiter.count
    }
    guard !parts.isEmpty else {
      throw MultipartError(offset: offset, reason: "there is no part")
    }
    self.parts = parts
  }

  /// Reads a part's header lines up to and with the empty line.
  ///
  /// - Returns: What it says, and where the part's bytes begin.
  private static func readHead(
    _ bytes: [UInt8],
    at start: Int
  ) throws(MultipartError) -> (ContentDisposition, Int) {
    var disposition: ContentDisposition?
    var offset = start
    let lineEnd = Array("\r\n".utf8)
    while true {
      let limit = min(bytes.count, start + largestHead)
      guard let end = find(lineEnd, in: bytes[..<limit], from: offset) else {
        throw MultipartError(offset: offset, reason: "the part's header is cut short or too long")
      }
      let line = String(decoding: bytes[offset..<end], as: UTF8.self)
      offset = end + 2
      if line.isEmpty { break }
      let field = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard field.count == 2 else {
        throw MultipartError(offset: offset, reason: "a header line has no colon")
      }
      let value = String(field[1])
      switch field[0].lowercased() {
      case "content-disposition":
        guard disposition == nil, let read = ContentDisposition(value), read.kind == "form-data"
        else {
          throw MultipartError(
            offset: offset,
            reason: "Content-Disposition is not one of form-data"
          )
        }
        disposition = read
      case "content-transfer-encoding":
        // RFC 7578, section 4.7, deprecates it; only the encodings that change nothing are safe.
        let encoding = value.filter { $0 != " " }.lowercased()
        guard ["7bit", "8bit", "binary"].contains(encoding) else {
          throw MultipartError(offset: offset, reason: "the part is encoded as \(encoding)")
        }
      default: break
      }
    }
    guard let disposition else {
      throw MultipartError(offset: start, reason: "the part has no Content-Disposition")
    }
    return (disposition, offset)
  }

  private static func isBoundary(_ text: String) -> Bool {
    let others = Array("'()+_,-./:=? ".utf8)
    return (1...70).contains(text.utf8.count) && text.last != " "
      && text.utf8.allSatisfy { byte in
        Character(UnicodeScalar(byte)).isLetter && byte < 128
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || others.contains(byte)
      }
  }

  private static func has(_ text: StaticString, in bytes: [UInt8], at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[offset + $0] == text.utf8Start[$0] }
  }

  /// Where a pattern that begins with a carriage return next stands.
  private static func find(
    _ pattern: [UInt8],
    in bytes: ArraySlice<UInt8>,
    from start: Int
  ) -> Int? {
    var offset = start
    let last = bytes.endIndex - pattern.count
    while offset <= last {
      if bytes[offset] == pattern[0],
        (1..<pattern.count).allSatisfy({ bytes[offset + $0] == pattern[$0] })
      {
        return offset
      }
      offset += 1
    }
    return nil
  }

  private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    find(pattern, in: bytes[...], from: start)
  }
}

/// Why a body is not `multipart/form-data`.
struct MultipartError: Error, Equatable, CustomStringConvertible {
  /// The byte, from 0.
  let offset: Int
  let reason: String

  var description: String { "multipart body, byte \(offset): \(reason)" }
}
