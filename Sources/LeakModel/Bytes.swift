/// An amount of memory.
package struct Bytes: Sendable, Hashable, Comparable {
  /// The amount in bytes; negative only as a difference.
  package let count: Int64

  package init(_ count: Int64) {
    self.count = count
  }

  package static func < (one: Bytes, other: Bytes) -> Bool { one.count < other.count }
}

extension Bytes: CustomStringConvertible {
  /// The amount as a person reads it: `512 B`, `1.5 MiB`, `220 MiB`, binary units throughout.
  package var description: String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(count.magnitude)
    var unit = 0
    while value >= 1_023.5, unit < units.count - 1 {
      value /= 1_024
      unit += 1
    }
    let sign = count < 0 ? "-" : ""
    return "\(sign)\(value.shortText) \(units[unit])"
  }

  /// Reads a size as people write it: `2GiB`, `512Mi`, `1.5 GB`, `64k`, `1048576`.
  ///
  /// `Ki`, `KiB`, `K` and `k` alike mean 1,024, as in Go's GOMEMLIMIT and in cgroup files; only a
  /// written `kB`, `MB`, `GB` or `TB` counts in thousands.
  package init?(_ text: some StringProtocol) {
    let compact = String(text).filter { $0 != " " && $0 != "," && $0 != "_" }
    let digits = compact.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(digits) else { return nil }
    let scale: Double
    switch compact.dropFirst(digits.count) {
    case "", "B": scale = 1
    case "Ki", "KiB", "K", "k": scale = 1_024
    case "Mi", "MiB", "M", "m": scale = 1_048_576
    case "Gi", "GiB", "G", "g": scale = 1_073_741_824
    case "Ti", "TiB", "T", "t": scale = 1_099_511_627_776
    case "kB", "KB": scale = 1_000
    case "MB": scale = 1_000_000
    case "GB": scale = 1_000_000_000
    case "TB": scale = 1_000_000_000_000
    default: return nil
    }
    let bytes = (value * scale).rounded()
    guard bytes >= 0, bytes < 9.2e18 else { return nil }
    self.count = Int64(bytes)
  }
}

extension Double {
  /// The number with three significant digits at most and no needless zeros: `1.25`, `41.5`, `220`.
  package var shortText: String {
    guard isFinite else { return "\(self)" }
    let size = magnitude
    if size >= 100 || size == size.rounded() {
      return size < 9e15 ? "\(Int64(rounded()))" : "\(self)"
    }
    let scale: Double = size >= 10 ? 10 : size >= 0.01 ? 100 : 10_000
    let scaled = (size * scale).rounded()
    let whole = Int64(scaled / scale)
    var fraction = String(Int64(scaled) % Int64(scale))
    fraction =
      String(repeating: "0", count: "\(Int64(scale))".count - 1 - fraction.count) + fraction
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let sign = self < 0 && scaled != 0 ? "-" : ""
    return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
  }
}
