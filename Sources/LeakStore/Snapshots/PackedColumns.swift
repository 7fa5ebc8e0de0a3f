import LeakModel

/// The packed form of a `SnapshotTable`.
///
/// A block is the version, the number of samples, the times, the number of other columns, those
/// columns with their names in the order of the alphabet, and a checksum. Numbers are LEB128
/// varints; signed ones are zigzagged first. Whole numbers stay exact up to 64 bits.
///
/// A column tells which samples have a number (lengths of stretches, the first with numbers), then
/// the first number, a unit, and the differences from number to number divided by the unit. The
/// unit is the greatest common divisor of the differences: memory comes in pages and size classes,
/// so twelve bits of most differences are always zero. A difference `d` that does not repeat is
/// written as `zigzag(d) + 1`; one that does as 0, the number of times, `zigzag(d)`.
///
/// A number that is not whole is packed by its bit pattern, taken as an integer.
enum PackedColumns {
  static let version: UInt8 = 1
  /// More samples than this in one block are taken for damage: an hour has so many milliseconds.
  static let mostSamples = 3_600_000

  /// Packs a table.
  static func pack(_ table: SnapshotTable) -> [UInt8] {
    var bytes: [UInt8] = [version]
    bytes.append(varint: UInt64(table.times.count))
    bytes.append(column: table.times, isPresent: { _ in true })
    bytes.append(varint: UInt64(table.columns.count))
    for (name, values) in table.columns.sorted(by: { $0.key < $1.key }) {
      bytes.append(varint: UInt64(name.utf8.count))
      bytes += name.utf8
      let isWhole = Self.isWhole(name)
      bytes.append(
        column: values.map { isWhole ? Int64(nearest: $0) : Int64(bitPattern: $0.bitPattern) },
        isPresent: { !values[$0].isNaN }
      )
    }
    let checksum = Self.checksum(of: bytes[...])
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: checksum >> shift))
    }
    return bytes
  }

  /// Whether the numbers of a column are whole; all but fractions are bytes, objects, nanoseconds.
  static func isWhole(_ name: String) -> Bool {
    let fraction = Metric.gcCPUFraction.rawValue
    return !name.hasPrefix(fraction) || name == fraction + RollupPart.count.suffix
  }

  /// FNV-1a over eight bytes at a time, then over the rest.
  static func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
    let prime: UInt64 = 0x100_0000_01B3
    return bytes.withUnsafeBytes { bytes in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      let words = bytes.count / 8
      for word in 0..<words {
        let value = UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
        )
        hash = (hash ^ value) &* prime
        // A product carries differences upwards only; this brings them down again.
        hash ^= hash >> 32
      }
      for byte in bytes[(words * 8)...] { hash = (hash ^ UInt64(byte)) &* prime }
      return hash
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  fileprivate mutating func append(column: [Int64], isPresent: (Int) -> Bool) {
    var present: [Int64] = []
    present.reserveCapacity(column.count)
    var stretches: [Int] = []
    var begin = 0
    var hasNumbers = true
    for index in column.indices {
      let isHere = isPresent(index)
      if isHere != hasNumbers {
        stretches.append(index - begin)
        (begin, hasNumbers) = (index, isHere)
      }
      if isHere { present.append(column[index]) }
    }
    stretches.append(column.count - begin)
    append(varint: UInt64(stretches.count))
    for length in stretches { append(varint: UInt64(length)) }
    guard let first = present.first else { return }
    append(varint: first.zigzag)
    append(differencesOf: present)
  }

  private mutating func append(differencesOf numbers: [Int64]) {
    var unit: UInt64 = 0
    for index in numbers.indices.dropFirst() where unit != 1 {
      unit = (numbers[index] &- numbers[index - 1]).magnitude.commonDivisor(with: unit)
    }
    // A unit that is no Int64 would divide only by being one.
    if unit == 0 || unit > UInt64(Int64.max) { unit = 1 }
    append(varint: unit)
    let divisor = Int64(unit)
    var index = 1
    while index < numbers.count {
      let difference = numbers[index] &- numbers[index - 1]
      var end = index + 1
      while end < numbers.count, numbers[end] &- numbers[end - 1] == difference { end += 1 }
      let packed = (divisor == 1 ? difference : difference / divisor).zigzag
      if end - index > 2 || packed == .max {
        append(varint: 0)
        append(varint: UInt64(end - index))
        append(varint: packed)
      } else {
        for _ in index..<end { append(varint: packed + 1) }
      }
      index = end
    }
  }
}

extension Int64 {
  /// Small for numbers next to zero on either side.
  fileprivate var zigzag: UInt64 { UInt64(bitPattern: (self << 1) ^ (self >> 63)) }

  /// The whole number next to a finite one, at the ends of the range for what lies beyond; 0 for
  /// NaN, which is never read back.
  fileprivate init(nearest value: Double) {
    self =
      value.isNaN ? 0 : Int64(exactly: value.rounded()) ?? (value < 0 ? Int64.min : Int64.max)
  }
}

extension UInt64 {
  /// Euclid's algorithm; that of a number and 0 is the number.
  fileprivate func commonDivisor(with other: UInt64) -> UInt64 {
    var (one, other) = (self, other)
    while other != 0 { (one, other) = (other, one % other) }
    return one
  }
}
