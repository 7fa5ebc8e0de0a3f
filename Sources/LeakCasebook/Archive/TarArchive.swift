/// Files in one, as POSIX.1-1988 `ustar` has it: every system can list and unpack it.
///
/// A tar is blocks of 512 bytes: a header a file, its bytes filled up to a block, and two empty
/// blocks at the end. Few lines read and write it, where a zip would need a library for the sake of
/// a compression that profiles have already.
struct TarArchive: Equatable {
  /// One file: its path within the archive and its bytes.
  struct Entry: Equatable {
    let path: String
    let bytes: [UInt8]
  }

  var entries: [Entry]

  private static let block = 512
  /// The longest path that the header's first field holds.
  static let longestPath = 100

  init(_ entries: [Entry]) {
    self.entries = entries
  }

  /// Reads an archive; folders, links and the extensions of other programs are passed over.
  ///
  /// - Throws: `ArchiveError.notAnArchive` at the first header that is none, or is cut short.
  init(reading bytes: [UInt8]) throws {
    entries = []
    var offset = 0
    while offset + Self.block <= bytes.count {
      let header = bytes[offset..<offset + Self.block]
      if header.allSatisfy({ $0 == 0 }) { break }
      guard Self.holdsChecksum(header), let size = Self.number(header.dropFirst(124).prefix(12))
      else {
        throw ArchiveError.notAnArchive("the header at byte \(offset) is not one of a tar file")
      }
      offset += Self.block
      guard size <= bytes.count - offset else {
        throw ArchiveError.notAnArchive("it is cut short within the file at byte \(offset)")
      }
      let kind = header[header.startIndex + 156]
      if kind == UInt8(ascii: "0") || kind == 0 {
        entries.append(
          Entry(path: Self.text(header.prefix(100)), bytes: Array(bytes[offset..<offset + size]))
        )
      }
      offset += (size + Self.block - 1) / Self.block * Self.block
    }
    guard !entries.isEmpty else { throw ArchiveError.notAnArchive("it holds no files") }
  }

  /// The archive as bytes; equal entries are equal bytes.
  ///
  /// - Parameter seconds: The files' time of change, in seconds since 1970.
  /// - Returns: Whole blocks.
  func bytes(changedAt seconds: Int64) -> [UInt8] {
    var output: [UInt8] = []
    for entry in entries {
      output += Self.header(of: entry, seconds)
      output += entry.bytes
      output += Self.padding(after: entry.bytes.count)
    }
    return output + [UInt8](repeating: 0, count: 2 * Self.block)
  }

  private static func header(of entry: Entry, _ seconds: Int64) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: block)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    put(String(entry.path.prefix(longestPath)), at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(Int64(entry.bytes.count)), at: 124)
    put(octal(max(0, seconds)), at: 136)
    // The checksum is that of the header with blanks in its place.
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\u{0} ", at: 148)
    return header
  }

  private static func octal(_ number: Int64) -> String {
    let digits = String(number, radix: 8)
    return String(repeating: "0", count: max(0, 11 - digits.count)) + digits
  }

  private static func padding(after count: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: (block - count % block) % block)
  }

  private static func holdsChecksum(_ header: ArraySlice<UInt8>) -> Bool {
    let field = header.startIndex + 148..<header.startIndex + 156
    let sum = header.indices.reduce(0) { $0 + (field.contains($1) ? 32 : Int(header[$1])) }
    return number(header[field]) == sum
  }

  /// An octal number that ends with a blank or a zero byte.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 32 }.prefix { $0 >= 48 && $0 <= 55 }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// Why a file is no archive of an incident.
package enum ArchiveError: Error, Equatable, CustomStringConvertible {
  case notAnArchive(String)
  case noIncident
  case badIncident(String)
  case newerFormat(String)
  case damagedEvidence(String)

  package var description: String {
    switch self {
    case .notAnArchive(let reason): "it is no archive of an incident: \(reason)"
    case .noIncident: "it is a tar file without an incident.json, so not one of leakbook's"
    case .badIncident(let reason): "its incident.json cannot be used: \(reason)"
    case .newerFormat(let schema): "it is of format \(schema), which a newer leakbook reads"
    case .damagedEvidence(let path): "the capture \(path) in it does not have its SHA-256"
    }
  }
}
