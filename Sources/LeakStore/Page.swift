/// Part of a list, and where the next part begins.
package struct Page<Item: Sendable>: Sendable {
  package let items: [Item]
  /// Where the list goes on; nil at its end.
  package let next: Cursor?
}

/// A place in a list that stays the same when items are added; callers see no meaning in it.
package struct Cursor: Sendable, Hashable, CustomStringConvertible {
  /// What the list's order compares of the last item seen: for times milliseconds since 1970.
  let time: Int64
  /// The number of the last item seen.
  let number: Int64
  /// The order of the list that it is a place in.
  package let order: IncidentOrder

  init(time: Int64, number: Int64, order: IncidentOrder = .newestFirst) {
    self.time = time
    self.number = number
    self.order = order
  }

  /// Reads a cursor as `description` wrote it; nil for any other text.
  package init?(_ text: some StringProtocol) {
    let fields = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count >= 2, let time = Int64(digits: fields[0]),
      let number = Int64(digits: fields[1])
    else { return nil }
    guard fields.count == 3 else {
      self.init(time: time, number: number)
      return
    }
    guard let order = IncidentOrder(String(fields[2])), order != .newestFirst else { return nil }
    self.init(time: time, number: number, order: order)
  }

  /// The cursor as text that needs no escaping in a URL.
  package var description: String {
    let place = "\(String(time, radix: 36))-\(String(number, radix: 36))"
    return order == .newestFirst ? place : "\(place)-\(order)"
  }
}

extension Int64 {
  /// Reads a number of base 36 as `String(_:radix:)` writes it: no sign, no capital letters.
  package init?(digits: some StringProtocol) {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) })
    else { return nil }
    self.init(digits, radix: 36)
  }
}
