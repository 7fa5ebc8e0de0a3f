import LeakChat

/// What a question came to: for people, and the same for programs.
struct ChatAnswer: Sendable, Equatable {
  let reply: ChatReply
  let data: JSONValue

  init(_ reply: ChatReply, data: JSONValue = .null) {
    self.reply = reply
    self.data = data
  }

  /// An answer whose data is one of leakbook's documents.
  init(_ reply: ChatReply, document: some Encodable) throws {
    self.init(reply, data: try JSONValue(encoding: document))
  }
}
