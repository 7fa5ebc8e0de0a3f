/// The tables that the kernel writes about a process: /proc/PID/status, smaps_rollup and limits.
enum KernelTable {
  /// Reads `VmRSS:\t   34100 kB` lines: bytes where the unit is kB, else the plain number.
  ///
  /// Lines whose value is not one number are passed over (`State:`, `Uid:`, masks, lists).
  static func read(table bytes: [UInt8]) -> [String: Int64] {
    var table: [String: Int64] = [:]
    var text = TextCursor(bytes)
    while var line = text.takeLine() {
      guard let (name, value) = entry(&line) else { continue }
      table[line.string(name)] = value
    }
    return table
  }

  /// Takes `Name:   123 kB`; nil when the line has another shape.
  static func entry(_ line: inout TextCursor) -> (name: Range<Int>, value: Int64)? {
    let name = line.take(while: Ascii.isWord)
    guard !name.isEmpty, line.take(":") else { return nil }
    line.skipBlanks()
    guard let number = line.takeInteger() else { return nil }
    line.skipBlanks()
    if line.isAtEnd { return (name, number) }
    guard line.take("kB") else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1_024)
    return overflow ? nil : (name, bytes)
  }

  /// Reads /proc/PID/limits: `Max open files            20000                20000                files`.
  ///
  /// The soft limits under the names of the file; an unlimited one is left out.
  static func read(limits bytes: [UInt8]) -> [String: Int64] {
    var table: [String: Int64] = [:]
    var text = TextCursor(bytes)
    while var line = text.takeLine() {
      guard line.starts(with: "Max "), let gap = line.find("  ") else { continue }
      let name = line.string(line.offset..<gap)
      line.offset = gap
      line.skipBlanks()
      if let value = line.takeInteger() { table[name] = value }
    }
    return table
  }
}
