/// Reads what Slack sends: slash commands, clicks on buttons, the check of the address.
package struct SlackReader: Sendable {
  let secrets: [Secret]

  /// - Parameter secrets: The signing secrets: two while one replaces the other.
  package init(secrets: [Secret]) {
    self.secrets = secrets
  }

  /// Checks the signature over the bytes as they came, then reads them.
  ///
  /// - Throws: `ChatError`.
  package func read(_ request: RawRequest) throws(ChatError) -> Incoming {
    guard !secrets.isEmpty else {
      throw .notConfigured(.slack, variable: "LEAKBOOK_SLACK_SIGNING_SECRET")
    }
    let timestamp = request.headers["x-slack-request-timestamp"]
    try ReplayWindow.check(timestamp, unit: 1_000, now: request.now)
    let signature = request.headers["x-slack-signature"] ?? ""
    guard
      SlackSignature.isValid(
        signature,
        timestamp: timestamp ?? "",
        body: request.body,
        secrets: secrets
      )
    else { throw .notSigned("the signature is not Slack's: check the signing secret") }

    if request.headers["content-type"]?.hasPrefix("application/json") == true {
      let json = try JSONValue(bytes: request.body)
      guard json["type"].text == "url_verification" else { return .nothing }
      return .challenge(.json(["challenge": json["challenge"]]))
    }
    guard let form = FormFields(request.body) else { throw .badBody("the body is not a form") }
    if form["ssl_check"] == "1" { return .nothing }
    // The digits may come in either case, and it is one signature.
    let key = "slack:\(signature.lowercased())"
    if let payload = form["payload"] { return try click(payload, key: key, request) }
    guard form["command"] != nil else { return .nothing }
    return .message(
      ChatMessage(
        platform: .slack,
        keys: [key] + (form["trigger_id"].map { ["slack:trigger:\($0)"] } ?? []),
        user: [form["user_id"], form["user_name"]].compactMap { $0 }.joined(separator: " "),
        text: Self.unescaped(form["text"] ?? ""),
        // Slack takes five answers within thirty minutes.
        replyAddress: ReplyAddress(
          platform: .slack,
          url: form["response_url"],
          expiresAt: request.inMinutes(30)
        )
      )
    )
  }

  /// A click: the button's value is the command that it stands for.
  private func click(
    _ payload: String,
    key: String,
    _ request: RawRequest
  ) throws(ChatError) -> Incoming {
    let json = try JSONValue(bytes: payload.utf8)
    guard json["type"].text == "block_actions", let action = json["actions"].items.first,
      let command = action["value"].text, !command.isEmpty
    else { return .nothing }
    let user = [json["user"]["id"].text, json["user"]["username"].text].compactMap { $0 }
    return .message(
      ChatMessage(
        platform: .slack,
        keys: [key] + (json["trigger_id"].text.map { ["slack:trigger:\($0)"] } ?? []),
        user: user.joined(separator: " "),
        text: command,
        replyAddress: ReplyAddress(
          platform: .slack,
          url: json["response_url"].text,
          expiresAt: request.inMinutes(30)
        ),
        showsAnswer: false
      )
    )
  }

  /// Takes back the three escapes that Slack puts into what people type.
  static func unescaped(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
  }
}
