/// The header of a mapping.
struct Mapping {
  let start: UInt64
  let end: UInt64
  let isExecutable: Bool
  /// The file, or a name in brackets; empty for an anonymous mapping.
  let name: TextCursor

  init?(_ line: TextCursor) {
    var line = line
    guard let start = line.takeHex(), line.take("-"), let end = line.takeHex(), line.take(" "),
      end >= start, let mode = line.takeWord(), mode.count == 4, line.takeWord() != nil,
      line.takeWord() != nil, line.takeWord() != nil
    else { return nil }
    self.start = start
    self.end = end
    self.isExecutable = line.bytes[mode.lowerBound + 2] == UInt8(ascii: "x")
    line.skipBlanks()
    line.trimEnd()
    self.name = line
  }

  var size: Int64 { Int64(clamping: end - start) }
  /// A path; memory and what the kernel lends have names in brackets or none.
  var isFile: Bool { name.next == UInt8(ascii: "/") }
}
