/// The text of a list, made of its items as it is asked for.
struct ListPieces<Item: Encodable & Sendable, Slices: AsyncSequence & Sendable>: AsyncSequence,
  Sendable
where Slices.Element == [Item] {
  let text: ListText
  /// Some items at a time, never none.
  let slices: Slices
  /// The cursor of the next page.
  let cursor: String?

  struct AsyncIterator: AsyncIteratorProtocol {
    private let text: ListText
    private let cursor: String?
    private var slices: Slices.AsyncIterator
    /// What stands before the next slice; nil behind the end.
    private var before: String?

    fileprivate init(_ pieces: ListPieces) {
      self.text = pieces.text
      self.cursor = pieces.cursor
      self.slices = pieces.slices.makeAsyncIterator()
      self.before = pieces.text.begin
    }

    mutating func next() async throws -> String? {
      guard let prefix = before else { return nil }
      if let items = try await slices.next() {
        before = text.separator
        return prefix + (try text.text(of: items))
      }
      before = nil
      return (prefix == text.separator ? "" : prefix) + (try text.end(next: cursor))
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
