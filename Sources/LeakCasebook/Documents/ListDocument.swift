/// One page of a list.
package struct ListDocument<Item: Encodable & Sendable>: Sendable, Encodable {
  package let items: [Item]
  /// Where the next page begins, as the text of a cursor; nil at the end.
  package let next: String?

  package init(_ items: [Item], next: String? = nil) {
    self.items = items
    self.next = next
  }

  private enum CodingKeys: String, CodingKey {
    case items
    case next
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(items, forKey: .items)
    try container.encode(next, forKey: .next)
  }
}
