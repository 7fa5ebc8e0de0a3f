import Crypto
import Foundation
package import LeakModel

/// A POST that is ready to be sent; its address may be a secret.
package struct OutgoingRequest: Sendable, Equatable {
  package let url: Secret
  package let headers: [String: String]
  package let body: String

  package init(url: Secret, headers: [String: String] = [:], body: JSONValue) {
    self.url = url
    self.headers = headers.merging(["content-type": "application/json; charset=utf-8"]) { own, _ in
      own
    }
    self.body = body.encoded
  }

  /// The message to a destination.
  ///
  /// - Parameters:
  ///   - notice: What to tell.
  ///   - destination: Where to.
  ///   - delivery: The number of the message in the outbox; the same at each attempt.
  ///   - now: The time to sign with.
  package init(_ notice: Notice, to destination: Destination, delivery: Int64, now: Instant) {
    let reply = notice.reply
    switch destination.kind {
    case .slack:
      self.init(url: destination.url, body: SlackRenderer.message(reply, inChannel: true))
    case .wecom:
      self.init(url: destination.url, body: MarkdownRenderer.weComMessage(reply))
    case .dingtalk:
      self.init(
        url: Self.signedForDingTalk(destination, now: now),
        body: MarkdownRenderer.dingTalkMessage(reply)
      )
    case .feishu:
      self.init(url: destination.url, body: Self.forFeishu(reply, destination.secret, now: now))
    case .webhook:
      let body = notice.document
      var headers = ["x-leakbook-delivery": "\(delivery)", "x-leakbook-event": notice.event]
      if let secret = destination.secret {
        let code = HMAC<SHA256>.authenticationCode(
          for: Array(body.encoded.utf8),
          using: secret.key
        )
        headers["x-leakbook-signature"] = "sha256=\(Hex.text(code))"
      }
      self.init(url: destination.url, headers: headers, body: body)
    }
  }

  /// A later answer to an address that a message brought.
  package init?(_ reply: ChatReply, to address: ReplyAddress) {
    guard case .url(let url) = address.place else { return nil }
    switch address.platform {
    case .slack: self.init(url: Secret(url), body: SlackRenderer.message(reply))
    case .dingtalk: self.init(url: Secret(url), body: MarkdownRenderer.dingTalkMessage(reply))
    case .wecom: self.init(url: Secret(url), body: MarkdownRenderer.weComMessage(reply))
    case .feishu: self.init(url: Secret(url), body: FeishuRenderer.message(reply))
    case .generic: return nil
    }
  }

  private static func signedForDingTalk(_ destination: Destination, now: Instant) -> Secret {
    guard let secret = destination.secret else { return destination.url }
    let timestamp = "\(now.milliseconds)"
    let signature = DingTalkSignature.of(timestamp: timestamp, secret: secret)
    let url = destination.url.reveal
    let mark = url.contains("?") ? "&" : "?"
    return Secret("\(url)\(mark)timestamp=\(timestamp)&sign=\(percentEncoded(signature))")
  }

  /// Base64 for a query: its three signs that mean something there are encoded.
  static func percentEncoded(_ base64: String) -> String {
    base64.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
  }

  private static func forFeishu(_ reply: ChatReply, _ secret: Secret?, now: Instant) -> JSONValue {
    var message = ["msg_type": JSONValue.text("interactive"), "card": FeishuRenderer.card(reply)]
    if let secret {
      let seconds = now.milliseconds / 1_000
      message["timestamp"] = .text("\(seconds)")
      message["sign"] = .text(FeishuSignature.ofRobot(secret: secret, seconds: seconds))
    }
    return .object(message)
  }
}
