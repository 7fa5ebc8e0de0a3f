/// Numbers byte strings in the order in which they are first seen; equal ones get the same number.
///
/// A table with linear probing over one buffer: no allocation for each string, and equality is
/// decided by the bytes, never by a hash alone.
struct ByteInterner {
  private var storage: [UInt8] = []
  /// Where each string starts in `storage`; one more entry than strings.
  private var starts = [0]
  private var hashes: [UInt64] = []
  /// Numbers plus one, where 0 is a free slot.
  ///
  /// A power of two in size, at most half full.
  private var slots = [UInt32](repeating: 0, count: 64)

  var count: Int { hashes.count }

  /// The number of a part of some bytes, and whether it is a new one.
  mutating func intern(_ bytes: [UInt8], _ range: Range<Int>) -> (number: Int, isNew: Bool) {
    let hash = Self.hash(bytes, range)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, isEqual(number, bytes, range) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(truncatingIfNeeded: count + 1)
    hashes.append(hash)
    storage.append(contentsOf: bytes[range])
    starts.append(storage.count)
    if count * 2 > slots.count { grow() }
    return (count - 1, true)
  }

  private func isEqual(_ number: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == range.count else { return false }
    for index in 0..<range.count where storage[start + index] != bytes[range.lowerBound + index] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number + 1)
    }
  }

  /// FNV-1a over words of eight bytes, stirred at the end so that the low bits depend on all.
  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    let prime: UInt64 = 0x100_0000_01b3
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    bytes.withUnsafeBytes { raw in
      var index = range.lowerBound
      while index + 8 <= range.upperBound {
        hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* prime
        hash ^= hash >> 32
        index += 8
      }
      while index < range.upperBound {
        hash = (hash ^ UInt64(raw[index])) &* prime
        index += 1
      }
    }
    hash ^= hash >> 29
    hash = hash &* 0xbf58_476d_1ce4_e5b9
    return hash ^ hash >> 32
  }
}
