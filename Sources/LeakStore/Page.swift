/// Part of a list, and where the next part begins.
package struct Page<Item: Sendable>: Sendable {
  package let items: [Item]
  /// Where the list goes on; nil at its end.
  package let next: Cursor?
}

/// A place in a list that stays the same when items are added; callers see no meaning in it.
package struct Cursor: Sendable, Hashable, CustomStringConvertible {
  /// The time of the last item seen, in milliseconds since 1970.
  let time: Int64
  /// The number of the last item seen.
  let number: Int64

  init(time: Int64, number: Int64) {
    self.time = time
    self.number = number
  }

  /// Reads a cursor as `description` wrote it; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard fields.count == 2, let time = Int64(fields[0], radix: 36),
      let number = Int64(fields[1], radix: 36)
    else { return nil }
    self.init(time: time, number: number)
  }

  /// The cursor as text that needs no escaping in a URL.
  package var description: String {
    "\(String(time, radix: 36))-\(String(number, radix: 36))"
  }
}
