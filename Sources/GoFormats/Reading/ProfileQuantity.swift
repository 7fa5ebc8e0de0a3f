/// A value as `go tool pprof` prints it: `512.19kB`, `1.20s`, `37319`.
///
/// kB, MB and GB are powers of 1,024 there. Source: internal/measurement of google/pprof.
struct ProfileQuantity {
  /// In the base unit.
  let value: Double
  /// Nil for a number without a unit: a count, or zero of anything.
  let unit: ProfileReport.Unit?

  private static let units: [(text: StaticString, scale: Double, unit: ProfileReport.Unit)] = [
    ("kB", 0x1p10, .bytes), ("MB", 0x1p20, .bytes), ("GB", 0x1p30, .bytes),
    ("TB", 0x1p40, .bytes), ("PB", 0x1p50, .bytes), ("B", 1, .bytes),
    ("ns", 1, .nanoseconds), ("us", 1e3, .nanoseconds), ("µs", 1e3, .nanoseconds),
    ("ms", 1e6, .nanoseconds), ("mins", 60e9, .nanoseconds), ("hrs", 3_600e9, .nanoseconds),
    ("days", 86_400e9, .nanoseconds), ("s", 1e9, .nanoseconds),
  ]

  /// Takes a quantity and leaves the cursor behind it; nil, without moving, when there is none.
  init?(_ line: inout TextCursor) {
    var cursor = line
    cursor.skipBlanks()
    let isNegative = cursor.take("-")
    guard let number = cursor.takeDecimal() else { return nil }
    var scale = 1.0
    var unit: ProfileReport.Unit?
    for known in Self.units where cursor.take(known.text) {
      (scale, unit) = (known.scale, known.unit)
      break
    }
    guard
      cursor.isAtEnd || cursor.next.map({ !Ascii.isWord($0) && $0 != UInt8(ascii: "%") }) == true
    else { return nil }
    value = (isNegative ? -number : number) * scale
    self.unit = unit
    line = cursor
  }

  /// Takes `97.65%`.
  static func takePercent(_ line: inout TextCursor) -> Double? {
    var cursor = line
    cursor.skipBlanks()
    _ = cursor.take("-")
    guard let number = cursor.takeDecimal(), cursor.take("%") else { return nil }
    line = cursor
    return number
  }
}
