/// Numbers byte strings in the order in which they are first seen; equal ones get the same number.
///
/// A table with linear probing over one buffer: no allocation for each string, and equality is
/// decided by the bytes, never by a hash alone. The hash has a random key, so that nobody can write
/// a file whose strings all fall into one slot; the numbers do not depend on it.
struct ByteInterner {
  /// A place of the table: one load tells what to compare and where.
  private struct Slot {
    /// The hash's upper half.
    var tag: UInt32 = 0
    /// The number plus one; 0 when free.
    var next: UInt32 = 0
    /// Where the string starts in `storage`, after its length.
    var start = 0
  }

  /// The strings, each after its length in eight bytes.
  private var storage: [UInt8] = []
  /// A power of two in size, at most half full.
  private var slots = [Slot](repeating: Slot(), count: 64)
  private let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
  private(set) var count = 0

  /// The number of a part of some bytes, and whether it is a new one.
  mutating func intern(_ bytes: [UInt8], _ range: Range<Int>) -> (number: Int, isNew: Bool) {
    precondition(range.upperBound <= bytes.count)
    return bytes.withUnsafeBytes {
      let string = UnsafeRawBufferPointer(rebasing: $0[range])
      return intern(string, hash: hash(string))
    }
  }

  /// The numbers of several strings; a new one's is the count before it.
  ///
  /// Several times faster than one by one where the table exceeds the caches: the loads of all
  /// slots, then those of all strings, wait for memory together.
  mutating func intern(_ strings: [UnsafeRawBufferPointer]) -> [Int] {
    let hashes = strings.map { hash($0) }
    let mask = slots.count - 1
    let first = hashes.map { slots[Int(truncatingIfNeeded: $0) & mask] }
    return strings.indices.map { index in
      let (slot, hash) = (first[index], hashes[index])
      if slot.next != 0, slot.tag == Self.tag(hash), isEqual(slot.start, strings[index]) {
        return Int(slot.next) - 1
      }
      return intern(strings[index], hash: hash).number
    }
  }

  private mutating func intern(
    _ bytes: UnsafeRawBufferPointer,
    hash: UInt64
  ) -> (number: Int, isNew: Bool) {
    let tag = Self.tag(hash)
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index].next != 0 {
      if slots[index].tag == tag, isEqual(slots[index].start, bytes) {
        return (Int(slots[index].next) - 1, false)
      }
      index = (index + 1) & (slots.count - 1)
    }
    withUnsafeBytes(of: bytes.count) { storage.append(contentsOf: $0) }
    count += 1
    slots[index] = Slot(
      tag: tag,
      next: UInt32(truncatingIfNeeded: count),
      start: storage.count
    )
    storage.append(contentsOf: bytes)
    if count * 2 > slots.count { grow() }
    return (count - 1, true)
  }

  /// Whether the string at a start, which a slot gives, is these bytes.
  @inline(__always)
  private func isEqual(_ start: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    storage.withUnsafeBytes { storage in
      guard storage.word(at: start - 8) == UInt64(bytes.count) else { return false }
      var index = 0
      while index + 8 <= bytes.count {
        guard storage.word(at: start + index) == bytes.word(at: index) else { return false }
        index += 8
      }
      while index < bytes.count {
        guard storage[start + index] == bytes[index] else { return false }
        index += 1
      }
      return true
    }
  }

  /// Doubles the slots; the strings are hashed again, as only half of a hash is kept.
  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.next != 0 {
      let hash = storage.withUnsafeBytes { storage in
        let end = slot.start + Int(storage.word(at: slot.start - 8))
        return self.hash(UnsafeRawBufferPointer(rebasing: storage[slot.start..<end]))
      }
      var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[index].next != 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }
  }

  /// Multiplies sixteen bytes at a time and folds the product of 128 bits (the step of wyhash).
  @inline(__always)
  private func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = key.0 ^ UInt64(bytes.count)
    var index = 0
    while index + 16 <= bytes.count {
      hash = Self.fold(bytes.word(at: index) ^ key.1, bytes.word(at: index + 8) ^ hash)
      index += 16
    }
    // What is left in two words; the length is part of the hash, so zeros may fill them.
    var low: UInt64 = 0
    var high: UInt64 = 0
    if index + 8 <= bytes.count {
      low = bytes.word(at: index)
      index += 8
    }
    while index < bytes.count {
      high = high << 8 | UInt64(bytes[index])
      index += 1
    }
    return Self.fold(low ^ key.1, high ^ hash)
  }

  /// What a slot keeps of a hash; the place comes from the low bits.
  private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

  private static func fold(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }
}

extension UnsafeRawBufferPointer {
  /// Eight bytes, which the caller knows to be there.
  @inline(__always)
  fileprivate func word(at offset: Int) -> UInt64 {
    loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}
