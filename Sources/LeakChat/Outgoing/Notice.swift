/// News for those who do not ask.
package struct Notice: Sendable, Equatable, Codable {
  /// `incident.opened`, `incident.p0` or `incident.verified`.
  package let event: String
  package let reply: ChatReply
  /// The same for programs.
  package let data: JSONValue

  package init(event: String, reply: ChatReply, data: JSONValue) {
    self.event = event
    self.reply = reply
    self.data = data
  }

  /// What a plain webhook is sent.
  var document: JSONValue {
    [
      "schema": "leakbook.notice/1", "event": .text(event), "text": .text(reply.text), "data": data,
    ]
  }
}
