import LeakModel

/// Reads the messages that a robot of DingTalk receives over HTTP.
package struct DingTalkReader: Sendable {
  let secrets: [Secret]

  /// - Parameter secrets: The app's secrets: two while one replaces the other.
  package init(secrets: [Secret]) {
    self.secrets = secrets
  }

  /// Checks the signature, then reads.
  ///
  /// The body is not signed, so one signature is good for one message alone.
  ///
  /// - Throws: `ChatError`.
  package func read(_ request: RawRequest) throws(ChatError) -> Incoming {
    guard !secrets.isEmpty else {
      throw .notConfigured(.dingtalk, variable: "LEAKBOOK_DINGTALK_APP_SECRET")
    }
    let timestamp = request.headers["timestamp"]
    try ReplayWindow.check(timestamp, unit: 1, now: request.now)
    let signature = request.headers["sign"] ?? ""
    guard
      DingTalkSignature.isValid(signature, timestamp: timestamp ?? "", secrets: secrets)
    else { throw .notSigned("the signature is not DingTalk's: check the app's secret") }
    let json = try JSONValue(bytes: request.body)
    let expiry = json["sessionWebhookExpiredTime"].wholeNumber ?? request.inMinutes(90).milliseconds
    return .message(
      ChatMessage(
        platform: .dingtalk,
        // There is one signature for a time; Base64 can write it in more ways than one.
        keys: ["dingtalk:time:\(timestamp ?? "")"]
          + (json["msgId"].text.map { ["dingtalk:\($0)"] } ?? []),
        user: [json["senderStaffId"].text, json["senderNick"].text].compactMap { $0 }
          .joined(separator: " "),
        text: Self.text(of: json),
        replyAddress: ReplyAddress(
          platform: .dingtalk,
          url: json["sessionWebhook"].text,
          expiresAt: Instant(milliseconds: expiry)
        )
      )
    )
  }

  /// The text of a plain message, or the pieces of a rich one.
  private static func text(of json: JSONValue) -> String {
    if let text = json["text"]["content"].text { return text }
    return json["content"]["richText"].items.compactMap { $0["text"].text }.joined(separator: " ")
  }
}
