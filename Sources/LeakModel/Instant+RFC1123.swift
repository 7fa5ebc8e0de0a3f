extension Instant {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads a time as `kubectl describe` writes it: `Thu, 19 Nov 2026 02:48:09 +0100`.
  ///
  /// That is `time.RFC1123Z` of Go, whose days always have two digits.
  package init?(rfc1123 text: some StringProtocol) {
    let words = text.split(separator: " ")
    guard words.count == 6, words[0].hasSuffix(","),
      let month = Self.months.firstIndex(where: { $0 == words[2] }),
      let offset = Self.colonOffset(words[5])
    else { return nil }
    let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
    self.init("\(words[3])-\(number)-\(words[1])T\(words[4])\(offset)")
  }

  /// Reads a time at the beginning of a line of a log, where it tells its offset from UTC.
  ///
  /// `2026-11-20T03:12:09+0100` is journalctl's short-iso, `2026-11-20T03:12:09,123456+01:00`
  /// dmesg's iso (util-linux 2.38); RFC 3339 is rsyslog's.
  package init?(logStamp text: some StringProtocol) {
    let stamp = String(text.map { $0 == "," ? "." : $0 })
    let offset = Self.colonOffset(stamp.suffix(5))
    self.init(offset.map { stamp.dropLast(5) + $0 } ?? stamp)
  }

  /// The offset `+0100` as RFC 3339 has it: `+01:00`.
  private static func colonOffset(_ text: some StringProtocol) -> String? {
    guard text.count == 5, text.hasPrefix("+") || text.hasPrefix("-") else { return nil }
    return text.prefix(3) + ":" + text.suffix(2)
  }
}
