/// Reads the events of an app of Feishu or Lark, schema 2.0, and the check of the address.
package struct FeishuReader: Sendable {
  let verificationToken: Secret?
  let encryptKeys: [Secret]
  /// Whether the app may answer by itself.
  let canReply: Bool

  package init(verificationToken: Secret?, encryptKeys: [Secret], canReply: Bool) {
    self.verificationToken = verificationToken
    self.encryptKeys = encryptKeys
    self.canReply = canReply
  }

  /// Checks signature or token, decrypts, then reads.
  ///
  /// - Throws: `ChatError`.
  package func read(_ request: RawRequest) throws(ChatError) -> Incoming {
    guard verificationToken != nil || !encryptKeys.isEmpty else {
      throw .notConfigured(.feishu, variable: "LEAKBOOK_FEISHU_ENCRYPT_KEY")
    }
    let outer = try JSONValue(bytes: request.body)
    let event = try opened(outer)
    let isCheck = event["type"].text == "url_verification"
    if encryptKeys.isEmpty || isCheck && request.headers["x-lark-signature"] == nil {
      try checkToken(of: event)
    } else {
      try checkSignature(of: request)
    }
    if isCheck { return .challenge(.json(["challenge": event["challenge"]])) }
    guard event["header"]["event_type"].text == "im.message.receive_v1",
      let eventID = event["header"]["event_id"].text
    else { return .nothing }
    return message(event["event"], eventID: eventID, request)
  }

  /// The event itself: an encrypted one is decrypted, and with a key none may come in the clear.
  private func opened(_ outer: JSONValue) throws(ChatError) -> JSONValue {
    guard !encryptKeys.isEmpty else { return outer }
    guard let blob = outer["encrypt"].text else {
      throw .notSigned("the event is not encrypted, and this server has an encrypt key")
    }
    for key in encryptKeys {
      if let plain = FeishuCipher(encryptKey: key).decrypt(blob),
        let event = try? JSONValue(bytes: plain)
      {
        return event
      }
    }
    throw .notSigned("the event was encrypted with another key")
  }

  private func checkSignature(of request: RawRequest) throws(ChatError) {
    let timestamp = request.headers["x-lark-request-timestamp"]
    try ReplayWindow.check(timestamp, unit: 1_000, now: request.now)
    guard
      FeishuSignature.isValid(
        request.headers["x-lark-signature"] ?? "",
        timestamp: timestamp ?? "",
        nonce: request.headers["x-lark-request-nonce"] ?? "",
        body: request.body,
        keys: encryptKeys
      )
    else { throw .notSigned("the signature is not Feishu's: check the encrypt key") }
  }

  /// Checks the token of an event; that of the old form stands at the top.
  private func checkToken(of event: JSONValue) throws(ChatError) {
    let token = event["header"]["token"].text ?? event["token"].text ?? ""
    // An encrypted check of the address has proven the key; a token is compared where one is set.
    if verificationToken == nil, !encryptKeys.isEmpty { return }
    guard verificationToken?.isEqual(to: token) == true else {
      throw .notSigned("the verification token is not the one that is set here")
    }
  }

  /// The file of a message that is one; its content is `{"file_key": …, "file_name": …}`.
  private static func file(of message: JSONValue, _ content: JSONValue) -> ChatFile? {
    guard message["message_type"] == "file", let id = message["message_id"].text,
      let key = content["file_key"].text
    else { return nil }
    return ChatFile(name: content["file_name"].text ?? "", place: .feishu(message: id, key: key))
  }

  private func message(_ event: JSONValue, eventID: String, _ request: RawRequest) -> Incoming {
    let message = event["message"]
    // What leakbook's own app writes comes back as an event too.
    guard event["sender"]["sender_type"].text != "app",
      let content = message["content"].text.flatMap({ try? JSONValue(bytes: $0.utf8) })
    else { return .nothing }
    var text = content["text"].text ?? ""
    for mention in message["mentions"].items {
      if let key = mention["key"].text { text = text.replacing(key, with: "") }
    }
    let address = message["message_id"].text.flatMap { id in
      canReply
        ? ReplyAddress(
          platform: .feishu,
          place: .feishuMessage(id),
          expiresAt: request.inMinutes(60)
        ) : nil
    }
    return .message(
      ChatMessage(
        platform: .feishu,
        keys: ["feishu:\(eventID)"],
        user: event["sender"]["sender_id"]["open_id"].text ?? "",
        text: text,
        replyAddress: address,
        showsAnswer: false,
        file: canReply ? Self.file(of: message, content) : nil
      )
    )
  }
}
