/// One line that allocates, and the way there from the site's own function.
package struct AllocationPlace: Hashable, Sendable {
  /// A line of a function: the function by its name without closures and type arguments.
  package struct Line: Hashable, Sendable {
    package let function: String
    package let number: Int
  }

  /// The calls from the innermost that is not the runtime's to the site's own; never empty.
  package let path: [Line]

  /// The line that allocates and the site's line above it, by whatever way.
  var ends: [Line] { [path[0], path[path.count - 1]] }
}

/// Bytes and the objects they are in; sums wrap as pprof's do.
package struct AllocationAmount: Hashable, Sendable {
  package var bytes: Int64 = 0
  package var objects: Int64 = 0

  /// Adds another amount.
  package static func += (amount: inout Self, other: Self) {
    amount.bytes &+= other.bytes
    amount.objects &+= other.objects
  }

  /// Takes another amount off.
  package static func -= (amount: inout Self, other: Self) {
    amount.bytes &-= other.bytes
    amount.objects &-= other.objects
  }
}

/// What one site allocates at each of its places, by size of object, as a profile's samples tell.
package struct AllocationPlaces: Sendable {
  package private(set) var amounts: [AllocationPlace: [Int64: AllocationAmount]] = [:]
  /// The site's bytes, also those of which no sample tells the objects.
  private var bytes: Int64 = 0

  /// Adds the sample of a place; one without objects, as of what was freed, has no place.
  mutating func add(_ amount: AllocationAmount, at place: @autoclosure () -> AllocationPlace) {
    bytes &+= amount.bytes
    guard amount.objects > 0 else { return }
    let size = amount.bytes / amount.objects
    amounts[place(), default: [:]][size, default: AllocationAmount()] += amount
  }

  /// What was added since an earlier profile of the same process.
  func growth(since earlier: AllocationPlaces) -> AllocationPlaces {
    var grown = self
    grown.bytes &-= earlier.bytes
    for (place, sizes) in earlier.amounts {
      for (size, amount) in sizes {
        grown.amounts[place, default: [:]][size, default: AllocationAmount()] -= amount
      }
    }
    return grown
  }

  /// What each place has, over all sizes.
  var amountByPlace: [AllocationPlace: AllocationAmount] {
    amounts.mapValues { $0.values.reduce(into: AllocationAmount()) { $0 += $1 } }
  }

  /// The bytes by size of object, over all places.
  private var bytesBySize: [Int64: Int64] {
    amounts.values.reduce(into: [:]) { sum, sizes in
      for (size, amount) in sizes { sum[size, default: 0] &+= amount.bytes }
    }
  }

  /// The number of object sizes that hold a fiftieth of the bytes or more.
  package var sizeCount: Int { bytesBySize.values.filter(matters).count }

  /// The same in the one line that makes most of them: a container that is regrown goes through many
  /// sizes in one line, a formatter or encoder makes few in each of many.
  package var sizeCountInLine: Int {
    var lines: [[AllocationPlace.Line]: [Int64: Int64]] = [:]
    for (place, sizes) in amounts {
      for (size, amount) in sizes {
        lines[place.ends, default: [:]][size, default: 0] &+= amount.bytes
      }
    }
    return lines.values.map { $0.values.filter(matters).count }.max() ?? 0
  }

  private func matters(_ part: Int64) -> Bool { Double(part) * 50 >= Double(bytes) && part > 0 }

  /// The size of object that holds the middle byte: half of the bytes are in larger ones.
  package var typicalSize: Int64 {
    var below: Int64 = 0
    for (size, held) in bytesBySize.sorted(by: { $0.key < $1.key }) where held > 0 {
      below &+= held
      if Double(below) * 2 >= Double(bytes) { return size }
    }
    return 0
  }
}
