import LeakModel

/// Numbers as a person reads them.
enum Quantity {
  /// A whole number in groups of three: `1,209,581`.
  static func grouped(_ number: some BinaryInteger) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A whole number with its noun: `1 file`, `2,345 samples`.
  static func counted(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A value of a profile in the unit that the profile names.
  static func value(_ value: Int64, unit: String) -> String {
    switch unit {
    case "bytes": Bytes(value).description
    case "nanoseconds": duration(nanoseconds: Double(value))
    case "microseconds": duration(nanoseconds: Double(value) * 1e3)
    case "milliseconds": duration(nanoseconds: Double(value) * 1e6)
    default: grouped(value)
    }
  }

  /// A value with its sign, for a difference.
  static func change(_ value: Int64, unit: String) -> String {
    (value > 0 ? "+" : "") + self.value(value, unit: unit)
  }

  /// A duration in the largest unit in which it is at least one: `1.5 s`, `220 ms`, `3 h`.
  static func duration(nanoseconds: Double) -> String {
    let units = [(3.6e12, "h"), (6e10, "min"), (1e9, "s"), (1e6, "ms"), (1e3, "µs")]
    for (size, name) in units where nanoseconds.magnitude >= size {
      return "\((nanoseconds / size).shortText) \(name)"
    }
    return "\(nanoseconds.shortText) ns"
  }

  /// A share of a total in percent with one decimal; a dash where there is no total.
  static func share(_ part: Int64, of total: Int64) -> String {
    guard total != 0 else { return "-" }
    let tenths = (Double(part) / Double(total) * 1_000).rounded()
    guard tenths.magnitude < 1e15 else { return "-" }
    let whole = Int64(tenths)
    let sign = whole < 0 ? "-" : ""
    return "\(sign)\(whole.magnitude / 10).\(whole.magnitude % 10)%"
  }

  /// A probability in whole percent, never 0 or 100 for what is neither: `96 %`.
  static func percent(_ probability: Double) -> String {
    let rounded = Int((probability * 100).rounded())
    if probability > 0, rounded == 0 { return "<1 %" }
    if probability < 1, rounded == 100 { return ">99 %" }
    return "\(rounded) %"
  }

  /// Minutes of waiting in words: `1 minute`, `3 hours`.
  static func wait(minutes: Int) -> String {
    switch minutes {
    case ..<1: "under a minute"
    case ..<120: counted(minutes, "minute")
    case ..<2_880: counted(minutes / 60, "hour")
    default: counted(minutes / 1_440, "day")
    }
  }

  /// A moment to the minute, in UTC: `2026-11-20 03:12Z`.
  static func minute(_ time: Instant) -> String {
    let text = time.description
    return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + "Z"
  }
}
