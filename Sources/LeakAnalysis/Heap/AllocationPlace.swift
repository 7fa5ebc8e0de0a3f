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

/// Bytes and the objects they are in.
package struct AllocationAmount: Hashable, Sendable {
  package var bytes: Int64 = 0
  package var objects: Int64 = 0

  /// Adds another amount.
  package static func += (amount: inout Self, other: Self) {
    amount.bytes += other.bytes
    amount.objects += other.objects
  }

  /// Takes another amount off.
  package static func -= (amount: inout Self, other: Self) {
    amount.bytes -= other.bytes
    amount.objects -= other.objects
  }
}

extension AllocationSite {
  /// What each place has, over all sizes.
  var amountByPlace: [AllocationPlace: AllocationAmount] {
    amounts.mapValues { $0.values.reduce(into: AllocationAmount()) { $0 += $1 } }
  }
}
