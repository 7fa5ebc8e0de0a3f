/// A process in a table of `ps` or `top`.
package struct ProcessUsage: Sendable, Equatable {
  package var pid: Int?
  /// The command as the table cuts it.
  package var command: String
  /// Bytes of address space (VSZ, VIRT).
  package var virtual: Int64?
  /// Bytes in memory (RSS, RES).
  package var resident: Int64?
  /// Bytes that others may share (SHR).
  package var shared: Int64?
  /// Percent of one CPU.
  package var cpuPercent: Double?
  /// Percent of the machine's memory.
  package var memoryPercent: Double?

  package init(command: String = "") {
    self.command = command
  }

  /// Reads the rows below a header that names RSS, RES, VSZ or VIRT; empty without such a header.
  ///
  /// `root 4242 1.5 12.0 1840508 195764 ? Sl 08:38 0:12 /srv/cart`: sizes are kB, which are KiB
  /// here; top's `1.2g` and `512m` are powers of 1,024 as well.
  static func read(_ bytes: [UInt8]) -> [ProcessUsage] {
    var text = TextCursor(bytes)
    var columns: [String] = []
    var processes: [ProcessUsage] = []
    while let line = text.takeLine() {
      if let header = Self.header(line) {
        columns = header
      } else if !columns.isEmpty, let process = ProcessUsage(line, columns) {
        processes.append(process)
      }
    }
    return processes
  }

  /// The names of a header's columns; nil for another line.
  static func header(_ line: TextCursor) -> [String]? {
    guard line.find("RSS") != nil || line.find("RES") != nil || line.find("VSZ") != nil else {
      return nil
    }
    var line = line
    var names: [String] = []
    while let word = line.takeWord(), names.count < 64 { names.append(line.string(word)) }
    let known: Set = ["RSS", "RES", "VSZ", "VIRT"]
    let company: Set = ["PID", "COMMAND", "CMD", "COMM", "USER"]
    guard names.contains(where: known.contains), names.contains(where: company.contains) else {
      return nil
    }
    return names
  }

  private init?(_ line: TextCursor, _ columns: [String]) {
    self.init()
    var line = line
    for (index, column) in columns.enumerated() {
      line.skipBlanks()
      let isLast = index == columns.count - 1
      let isCommand = ["COMMAND", "CMD", "COMM"].contains(column)
      if isLast, isCommand {
        line.trimEnd()
        command = line.string(line.rest)
        return
      }
      guard let word = line.takeWord() else { return nil }
      var cell = line.part(word)
      switch column {
      case "PID":
        guard let number = cell.takeInteger() else { return nil }
        pid = Int(number)
      case "RSS", "RES": resident = Self.size(cell)
      case "VSZ", "VIRT": virtual = Self.size(cell)
      case "SHR": shared = Self.size(cell)
      case "%CPU": cpuPercent = cell.takeDecimal()
      case "%MEM": memoryPercent = cell.takeDecimal()
      case _ where isCommand: command = line.string(word)
      default: break
      }
    }
    guard resident != nil || virtual != nil else { return nil }
  }

  /// KiB without a unit; else what the letter says.
  private static func size(_ cell: TextCursor) -> Int64? {
    var cell = cell
    guard let size = MemoryQuantity(&cell, .binary), cell.isAtEnd else { return nil }
    let bytes = size.hasUnit ? size.bytes : size.bytes * 1_024
    return bytes < 9e18 ? Int64(bytes) : nil
  }
}
