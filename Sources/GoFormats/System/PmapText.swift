extension SmapsSummary {
  /// Reads `pmap PID` or `pmap -x PID`: sizes, and what is in memory where `-x` gave it.
  ///
  /// `000000c000000000   65536   40000   40000 rw---   [ anon ]` or, without `-x`,
  /// `000000c000000000  65536K rw---   [ anon ]`; K is KiB.
  init(pmap bytes: [UInt8]) {
    // The same mappings in the layout of smaps, which is read already.
    var output: [UInt8] = []
    var text = TextCursor(bytes)
    while let line = text.takeLine() {
      guard let mapping = PmapLine(line) else { continue }
      let end = mapping.start &+ UInt64(clamping: mapping.kilobytes) &* 1_024
      let start = String(mapping.start, radix: 16)
      output += "\(start)-\(String(max(end, mapping.start), radix: 16)) ".utf8
      output += "\(mapping.mode)p 0 00:00 0 \(mapping.name)\nRss: \(mapping.resident) kB\n".utf8
    }
    self.init(output)
  }
}

/// A mapping as pmap prints it.
struct PmapLine {
  let start: UInt64
  let kilobytes: Int64
  /// 0 where the table has no such column.
  let resident: Int64
  /// Three letters, `rw-`.
  let mode: String
  /// As smaps spells it: a path, a name in brackets, or nothing.
  let name: String

  init?(_ line: TextCursor) {
    var line = line
    guard let digits = line.takeWord(), digits.count >= 8 else { return nil }
    var address = line.part(digits)
    guard let start = address.takeHex(), address.isAtEnd else { return nil }
    line.skipBlanks()
    guard let size = line.takeInteger(), size >= 0, size < 1 << 50 else { return nil }
    var resident: Int64 = 0
    if !line.take("K") {
      line.skipBlanks()
      guard let number = line.takeInteger(), number >= 0 else { return nil }
      resident = number
      // Dirty, which smaps tells in other words.
      _ = line.takeWord()
    }
    guard let mode = line.takeWord(), mode.count == 5,
      line.bytes[mode].allSatisfy({ Ascii.isLetter($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    self.start = start
    self.kilobytes = size
    self.resident = resident
    self.mode = String(line.string(mode).prefix(3))
    line.skipBlanks()
    line.trimEnd()
    let text = line.string(line.rest)
    switch text {
    case "[ anon ]", "": name = ""
    case "[ stack ]": name = "[stack]"
    default: name = text.hasPrefix("/") || text.hasPrefix("[") ? text : "/" + text
    }
  }
}
