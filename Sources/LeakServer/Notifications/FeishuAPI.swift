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
    // It becomes part of a path.
    guard messageID.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) })
    else { return .refused(reason: "the message's id is none") }
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
    let lifetime = max(0, (json["expire"].integer ?? 0) - 300) * 1_000
    token.withLock { $0 = (Secret(text), now.milliseconds + lifetime) }
    return .success(Secret(text))
  }
}
