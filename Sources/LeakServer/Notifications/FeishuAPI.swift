import LeakChat
import LeakModel
import Synchronization

/// Answers messages as an app of Feishu.
///
/// Source: open.feishu.cn, "Get tenant_access_token (internal)" and "Reply to a message".
final class FeishuAPI: Sendable {
  private let app: ChatSettings.FeishuApp
  private let token = Mutex<(text: Secret, expiresAt: Int64)?>(nil)

  init(app: ChatSettings.FeishuApp) {
    self.app = app
  }

  /// Replies to a message with a card.
  func reply(
    _ reply: ChatReply,
    to messageID: String,
    by sender: Sender,
    at now: Instant
  ) async -> Receipt {
    guard Self.isPlain(messageID) else { return .refused(reason: "the message's id is none") }
    let token: Secret
    switch await accessToken(by: sender, at: now) {
    case .success(let text): token = text
    case .failure(let failure): return failure.receipt
    }
    let request = OutgoingRequest(
      url: Secret("\(app.api)/open-apis/im/v1/messages/\(messageID)/reply"),
      headers: ["authorization": "Bearer \(token.reveal)"],
      body: [
        "msg_type": "interactive", "content": .text(FeishuRenderer.card(reply).encoded),
      ]
    )
    let sent = await sender.send(request)
    if case .answered(401, _) = sent { self.token.withLock { $0 = nil } }
    return sent.receipt(readsCode: true)
  }

  /// Fetches a file that was sent to the app.
  ///
  /// Both parts of the path are checked, and the host is the one that the settings name: whoever
  /// sends a message has no say in where this goes.
  ///
  /// Source: open.feishu.cn, "Obtain the resource file in the message".
  ///
  /// - Throws: `Problem` that can be told in the chat.
  func file(
    _ key: String,
    of message: String,
    by sender: Sender,
    at now: Instant
  ) async throws(Problem) -> [UInt8] {
    guard Self.isPlain(message), Self.isPlain(key) else {
      throw Problem(.badRequest, "the file has no name that Feishu gives")
    }
    guard case .success(let token) = await accessToken(by: sender, at: now) else {
      throw Problem(.badRequest, "Feishu gave no token for the file: check the app's id and secret")
    }
    let sent = await sender.fetch(
      "\(app.api)/open-apis/im/v1/messages/\(message)/resources/\(key)?type=file",
      headers: ["authorization": "Bearer \(token.reveal)"],
      upTo: Self.largestFile
    )
    guard case .answered(200, let bytes) = sent, !bytes.isEmpty else {
      throw Problem(
        .badRequest,
        "Feishu did not give the file: it may be larger than 64 MiB, or the app lacks im:resource"
      )
    }
    return bytes
  }

  /// As an upload's.
  private static let largestFile = 64 << 20

  /// Whether a name can be part of a path.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
  }

  private struct Failure: Error {
    let receipt: Receipt
  }

  /// The token that all calls carry; kept until shortly before it expires.
  private func accessToken(by sender: Sender, at now: Instant) async -> Result<Secret, Failure> {
    let kept = token.withLock { $0 }
    if let kept, kept.expiresAt > now.milliseconds { return .success(kept.text) }
    let request = OutgoingRequest(
      url: Secret("\(app.api)/open-apis/auth/v3/tenant_access_token/internal"),
      body: ["app_id": .text(app.id), "app_secret": .text(app.secret.reveal)]
    )
    let sent = await sender.send(request)
    guard case .answered(200, let body) = sent, let json = try? JSONValue(bytes: body),
      let text = json["tenant_access_token"].text
    else {
      let receipt = sent.receipt(readsCode: true)
      return .failure(
        Failure(receipt: receipt == .delivered ? .tryLater(reason: "no token was given") : receipt)
      )
    }
    let lifetime = max(0, (json["expire"].wholeNumber ?? 0) - 300) * 1_000
    token.withLock { $0 = (Secret(text), now.milliseconds + lifetime) }
    return .success(Secret(text))
  }
}
