import LeakModel

/// The unit of a column of a table, from its name or its cells, as a factor that makes bytes of it.
struct SeriesUnit {
  /// Whether cells must be plain numbers or sizes; else any one unit will do, as only the course counts.
  let isSize: Bool
  /// Bytes of one, as the column's name says.
  private let scale: Double
  /// The unit of cells that are no sizes.
  private var other: [UInt8]?

  init(column name: String, isSize: Bool) {
    self.isSize = isSize
    scale = isSize ? Self.scale(of: name) : 1
  }

  /// Why a cell cannot be read.
  struct Unknown: Error {
    let reason: String
  }

  /// The value of a cell, in bytes where it is a size; nil where it holds no number.
  ///
  /// A cell's own unit goes before that of the column: `310.0 MiB`, as dashboards export.
  mutating func value(_ cell: TextCursor) throws(Unknown) -> Double? {
    var cell = cell
    cell.skipBlanks()
    cell.trimEnd()
    let whole = cell.rest
    let isGrouped = Self.isGrouped(cell.bytes[whole])
    if isGrouped, let number = cell.takeNumber(), cell.isAtEnd { return number * scale }
    cell.offset = whole.lowerBound
    let digits = cell.take { Ascii.isDigit($0) || [43, 45, 46].contains($0) }
    var number = cell.part(digits)
    guard let value = number.takeNumber() else { return nil }
    cell.skipBlanks()
    let unit = cell.bytes[cell.rest]
    if isGrouped, let size = Bytes("1" + String(decoding: unit, as: UTF8.self)) {
      return value * Double(size.count)
    }
    if isGrouped, !isSize, other == nil || other == Array(unit) {
      other = Array(unit)
      return value
    }
    let text = cell.string(whole)
    throw Unknown(
      reason: isSize
        ? "\"\(text)\" is no size: expected a number, or one with a unit such as 310 MiB"
        : "\"\(text)\" has another unit than the rows before"
    )
  }

  /// Whether commas part groups of three digits only: in `1,5` one may stand for a decimal point.
  private static func isGrouped(_ text: ArraySlice<UInt8>) -> Bool {
    text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).dropFirst()
      .allSatisfy { $0.prefix(while: Ascii.isDigit).count == 3 }
  }

  /// Bytes of one in a column named so: `rss_kb`, `Memory (MiB)`; 1 where the name tells no unit.
  ///
  /// Thousands or 1,024: `ps` and /proc say kB for 1,024 bytes, and scripts divide by 1,024 to get
  /// megabytes, so a name always means the binary unit.
  private static func scale(of name: String) -> Double {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    // A name of one word is what is measured, and no unit.
    guard words.count > 1, let last = words.last else { return 1 }
    switch last {
    case "kb", "kib", "kbytes", "kilobytes", "kibibytes": return 1_024
    case "mb", "mib", "mbytes", "megabytes", "mebibytes": return 1_048_576
    case "gb", "gib", "gbytes", "gigabytes", "gibibytes": return 1_073_741_824
    case "tb", "tib", "terabytes", "tebibytes": return 1_099_511_627_776
    default: return 1
    }
  }
}
