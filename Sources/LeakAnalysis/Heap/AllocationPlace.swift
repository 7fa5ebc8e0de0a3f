/// One line that allocates, seen from one line of the site's own function.
package struct AllocationPlace: Hashable, Sendable {
  /// The innermost function that is not the runtime's, without closures and type arguments.
  package let function: String
  package let line: Int
  /// The line of the site's function that leads there.
  package let ownLine: Int
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
