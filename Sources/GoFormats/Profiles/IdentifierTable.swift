/// Indexes by identifier: an array while identifiers are 1 to n, a dictionary for the others.
struct IdentifierTable {
  private var dense: [UInt32]
  private var sparse: [UInt64: UInt32] = [:]

  /// Takes elements whose identifiers are not 0.
  ///
  /// - Throws: `ParseError` when an identifier occurs twice.
  init<Element>(
    _ elements: [Element],
    of kind: String,
    id: (Element) -> UInt64
  ) throws(ParseError) {
    dense = [UInt32](repeating: .max, count: elements.count + 1)
    for (index, element) in elements.enumerated() {
      let id = id(element)
      let isNew: Bool
      if id < UInt64(dense.count) {
        isNew = dense[Int(id)] == .max
        dense[Int(id)] = UInt32(truncatingIfNeeded: index)
      } else {
        isNew = sparse.updateValue(UInt32(truncatingIfNeeded: index), forKey: id) == nil
      }
      guard isNew else { throw Profile.malformed("several \(kind)s have the id \(id)") }
    }
  }

  /// The index of the element with an identifier; `UInt32.max` when there is none.
  subscript(id: UInt64) -> UInt32 {
    id < UInt64(dense.count) ? dense[Int(id)] : sparse[id] ?? .max
  }
}
