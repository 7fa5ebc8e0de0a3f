/// Reads the callbacks of a bot of WeCom, and the check of the address.
package struct WeComReader: Sendable {
  package let cipher: WeComCipher?

  package init(cipher: WeComCipher?) {
    self.cipher = cipher
  }

  /// The cipher, for the answer is encrypted as well.
  ///
  /// - Throws: `ChatError.notConfigured`.
  package func requireCipher() throws(ChatError) -> WeComCipher {
    guard let cipher else { throw .notConfigured(.wecom, variable: "LEAKBOOK_WECOM_TOKEN") }
    return cipher
  }

  /// Checks the signature, decrypts, then reads.
  ///
  /// - Throws: `ChatError`.
  package func read(_ request: RawRequest) throws(ChatError) -> Incoming {
    let cipher = try requireCipher()
    let echo = request.query["echostr"]
    let blob: String
    if let echo {
      blob = echo
    } else {
      blob = try JSONValue(bytes: request.body)["encrypt"].text ?? ""
    }
    let timestamp = request.query["timestamp"]
    try ReplayWindow.check(timestamp, unit: 1_000, now: request.now)
    let signature = request.query["msg_signature"] ?? ""
    guard
      cipher.isValid(
        signature,
        timestamp: timestamp ?? "",
        nonce: request.query["nonce"] ?? "",
        blob: blob
      )
    else { throw .notSigned("the signature is not WeCom's: check the token") }
    guard let plain = cipher.decrypt(blob) else {
      throw .notSigned("the message was encrypted with another key: check the EncodingAESKey")
    }
    if echo != nil { return .challenge(.text(String(decoding: plain, as: UTF8.self))) }
    let json = try JSONValue(bytes: plain)
    let file = Self.file(of: json)
    guard let text = json["text"]["content"].text ?? file.map({ _ in "" }) else { return .nothing }
    return .message(
      ChatMessage(
        platform: .wecom,
        keys: ["wecom:sign:\(signature.lowercased())"]
          + (json["msgid"].text.map { ["wecom:\($0)"] } ?? []),
        user: json["from"]["userid"].text ?? "",
        text: text,
        // One answer within the hour.
        replyAddress: ReplyAddress(
          platform: .wecom,
          url: json["response_url"].text,
          expiresAt: request.inMinutes(60)
        ),
        file: file
      )
    )
  }

  /// The file of a message that is one, or that a message quotes.
  ///
  /// Source: developer.work.weixin.qq.com, "Receiving messages" of bots.
  private static func file(of json: JSONValue) -> ChatFile? {
    let url = json["file"]["url"].text ?? json["quote"]["file"]["url"].text
    return url.map { ChatFile(place: .weCom(url: $0)) }
  }
}
