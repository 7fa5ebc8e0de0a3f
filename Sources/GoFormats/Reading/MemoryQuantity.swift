/// A memory size as tools and people write it: `30Mi`, `512MB`, `17.00 MiB`, `1.2g`, `536870912`.
///
/// Kubernetes and the IEC write powers of 1,024 as Ki, Mi, Gi and of 1,000 as k, M, G. Go's tools,
/// procps and people who print MemStats mean 1,024 by KB and MB, too.
struct MemoryQuantity {
  /// What a prefix without `i` stands for.
  enum Convention {
    /// Kubernetes: `512M` is 512,000,000 bytes.
    case decimal
    /// Everybody else here: `512M` is 536,870,912 bytes.
    case binary
  }

  let bytes: Double
  let hasUnit: Bool

  /// Takes a size, with or without a blank before its unit; nil, without moving, when there is none.
  init?(_ line: inout TextCursor, _ convention: Convention) {
    var cursor = line
    guard let number = cursor.takeDecimal(), number.isFinite else { return nil }
    var unit = cursor
    if unit.next == Ascii.space { unit.skipBlanks() }
    let word = unit.part(unit.take(while: Ascii.isLetter))
    if let scale = Self.scale(word, convention) {
      cursor = unit
      bytes = number * scale
      hasUnit = true
    } else {
      guard cursor.next.map(Ascii.isLetter) != true else { return nil }
      bytes = number
      hasUnit = false
    }
    line = cursor
  }

  /// What a unit multiplies by; nil for a word that is none.
  private static func scale(_ word: TextCursor, _ convention: Convention) -> Double? {
    guard let first = word.next else { return nil }
    let text = word.bytes[word.rest].dropFirst()
    let isByte = ["", "B", "b", "iB", "i", "bytes", "ytes", "yte"].contains {
      text.elementsEqual($0.utf8)
    }
    guard isByte else { return nil }
    let exponent: Double
    switch first | 0x20 {
    case UInt8(ascii: "b"): return text.isEmpty || text.count > 2 ? 1 : nil
    case UInt8(ascii: "k"): exponent = 1
    case UInt8(ascii: "m"): exponent = 2
    case UInt8(ascii: "g"): exponent = 3
    case UInt8(ascii: "t"): exponent = 4
    default: return nil
    }
    let isBinary = convention == .binary || text.first == UInt8(ascii: "i")
    var scale = 1.0
    for _ in 0..<Int(exponent) { scale *= isBinary ? 1_024 : 1_000 }
    return scale
  }
}
