package import LeakModel

/// One series out of a table of numbers over time, as monitoring systems and spreadsheets export it.
///
/// `t,value` and rows below; the first column is time (seconds, milliseconds, micro- or nanoseconds
/// since 1970 or since the start, RFC 3339, or a date without a zone, which counts as UTC). Cells are
/// parted by commas, semicolons or tabs. Or one number a line: then the line's index is the time.
/// Sizes may carry their unit, in the cell (`310.0 MiB`) or in the column's name (`rss_kb`): samples
/// are in bytes then.
package struct SeriesTable: Sendable, Equatable {
  /// The name of the column.
  package let name: String
  /// In the order of the file.
  package let samples: [Sample]
  /// Whether times are moments; otherwise they count lines.
  package let hasClock: Bool
  /// Rows without a time or a number.
  package let skippedCount: Int
  /// Every how many rows one was kept: 1 but for tables of millions of rows.
  package let every: Int

  /// Rows kept at most; longer tables are thinned evenly, so that memory stays bounded.
  private static let mostRows = 1 << 20
  private static let format = "series"

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - column: The name of the column wanted; nil takes the second.
  ///   - isSize: Whether values are sizes of memory; else they may be in any one unit.
  /// - Returns: The series.
  /// - Throws: `ParseError` when there is no such column, no row with a number, or a value in a unit
  ///   that cannot be compared.
  package static func read(
    _ bytes: [UInt8],
    column: String? = nil,
    isSize: Bool = true
  ) throws(ParseError) -> SeriesTable {
    var text = TextCursor(bytes)
    _ = text.take("\u{FEFF}")
    var head: TextCursor?
    var number = 0
    while head == nil, let line = text.takeLine() {
      number += 1
      if !line.rest.isEmpty { head = line }
    }
    guard let head else {
      throw ParseError(format: format, place: .line(1), reason: "the file is empty")
    }
    let separator = head.bytes[head.rest].first { [44, 59, 9].contains($0) }
    let names = cells(head, separator)
    let isHeadless = time(head.part(names[0])) != nil
    var collector = Collector(most: mostRows)
    guard let separator else {
      var unit = SeriesUnit(column: "", isSize: isSize)
      var isNumber = isHeadless
      if !isHeadless { isNumber = try value(head, &unit, line: number) != nil }
      guard isNumber, column == nil else { throw noTable(number) }
      text.offset = head.offset
      number -= 1
      while let line = text.takeLine() {
        number += 1
        guard !line.isAtEnd else { continue }
        let value = try value(line, &unit, line: number)
        collector.take(time: Double(collector.seen), value: value)
      }
      return try collector.table(name: "value", hasClock: false)
    }
    let place = try self.place(of: column, in: names.map { head.string($0) }, line: number)
    let name = isHeadless ? "value" : head.string(unquoted(names[place], head))
    var unit = SeriesUnit(column: isHeadless ? "" : name, isSize: isSize)
    if isHeadless {
      text.offset = head.offset
      number -= 1
    }
    while let line = text.takeLine() {
      number += 1
      guard !line.isAtEnd else { continue }
      let row = cells(line, separator)
      let cell = place < row.count ? line.part(unquoted(row[place], line)) : line.part(0..<0)
      let value = try value(cell, &unit, line: number)
      collector.take(time: time(line.part(unquoted(row[0], line))), value: value)
    }
    return try collector.table(name: name, hasClock: true)
  }

  private static func value(
    _ cell: TextCursor,
    _ unit: inout SeriesUnit,
    line: Int
  ) throws(ParseError) -> Double? {
    do throws(SeriesUnit.Unknown) {
      return try unit.value(cell)
    } catch {
      throw ParseError(format: format, place: .line(line), reason: error.reason)
    }
  }

  private static func noTable(_ line: Int) -> ParseError {
    ParseError(
      format: format,
      place: .line(line),
      reason: "expected a header such as \"t,value\" or one number a line"
    )
  }

  private static func place(
    of column: String?,
    in names: [String],
    line: Int
  ) throws(ParseError)
    -> Int
  {
    let clean = names.map { name in
      String(name.drop { $0 == "\"" || $0 == " " }.prefix { $0 != "\"" })
    }
    guard names.count > 1 else { throw noTable(line) }
    guard let column else { return 1 }
    guard let place = clean.firstIndex(of: column), place > 0 else {
      throw ParseError(
        format: format,
        place: .line(line),
        reason: "there is no column \(column), only \(clean.dropFirst().joined(separator: ", "))"
      )
    }
    return place
  }

  private static func cells(_ line: TextCursor, _ separator: UInt8?) -> [Range<Int>] {
    guard let separator else { return [line.rest] }
    var cells: [Range<Int>] = []
    var start = line.offset
    var isQuoted = false
    for index in line.rest {
      let byte = line.bytes[index]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard byte == separator, !isQuoted else { continue }
      cells.append(start..<index)
      start = index + 1
    }
    cells.append(start..<line.end)
    return cells
  }

  /// A cell without the quotes around it.
  private static func unquoted(_ cell: Range<Int>, _ line: TextCursor) -> Range<Int> {
    guard cell.count >= 2, line.bytes[cell.lowerBound] == 34, line.bytes[cell.upperBound - 1] == 34
    else { return cell }
    return cell.lowerBound + 1..<cell.upperBound - 1
  }

  /// Seconds; a number as large as no count of seconds is taken in the unit that makes it one.
  private static func time(_ cell: TextCursor) -> Double? {
    var cell = cell
    cell.skipBlanks()
    cell.trimEnd()
    let text = cell.bytes[cell.rest]
    if let instant = Instant(utf8: Array(text)) { return instant.seconds }
    if text.count >= 19, let instant = Instant(utf8: Array(text) + [UInt8(ascii: "Z")]) {
      return instant.seconds
    }
    guard let number = cell.takeNumber(), cell.isAtEnd, number.isFinite else { return nil }
    // Seconds reach 10^11 in the year 5138, milliseconds did in 1973; each finer unit likewise.
    switch number.magnitude {
    case ..<1e11: return number
    case ..<1e14: return number / 1e3
    case ..<1e17: return number / 1e6
    default: return number / 1e9
    }
  }

  /// Keeps samples, and every second of them whenever there are too many.
  private struct Collector {
    let most: Int
    var samples: [Sample] = []
    var seen = 0
    var skipped = 0
    var every = 1

    init(most: Int) { self.most = most }

    mutating func take(time: Double?, value: Double?) {
      defer { seen += 1 }
      guard let time, let value, value.isFinite else {
        skipped += 1
        return
      }
      guard seen % every == 0 else { return }
      samples.append(Sample(time: time, value: value))
      guard samples.count == most else { return }
      samples = stride(from: 0, to: most, by: 2).map { samples[$0] }
      every *= 2
    }

    func table(name: String, hasClock: Bool) throws(ParseError) -> SeriesTable {
      guard !samples.isEmpty else {
        let reason =
          seen == 0
          ? "there is a header and no row" : "none of \(seen) rows has a time and a number"
        throw ParseError(format: SeriesTable.format, place: .line(2), reason: reason)
      }
      return SeriesTable(
        name: name,
        samples: samples,
        hasClock: hasClock,
        skippedCount: skipped,
        every: every
      )
    }
  }
}
