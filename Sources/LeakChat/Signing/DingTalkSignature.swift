import Crypto
import Foundation

/// DingTalk's signature, the same for messages in both directions: HMAC-SHA256 in Base64, the
/// secret its key, time and secret its message.
///
/// The body is not signed. Source: "Custom robot security settings", open.dingtalk.com.
enum DingTalkSignature {
  /// The signature for a time: milliseconds since 1970, as sent.
  static func of(timestamp: String, secret: Secret) -> String {
    Data(code(timestamp: timestamp, secret: secret)).base64EncodedString()
  }

  /// Whether a signature is one of the secrets' own, in constant time.
  static func isValid(_ signature: String, timestamp: String, secrets: [Secret]) -> Bool {
    guard let code = Data(base64Encoded: signature) else { return false }
    return secrets.contains { secret in
      HMAC<SHA256>.isValidAuthenticationCode(
        code,
        authenticating: message(timestamp, secret),
        using: secret.key
      )
    }
  }

  private static func code(timestamp: String, secret: Secret) -> HMAC<SHA256>.MAC {
    HMAC<SHA256>.authenticationCode(for: message(timestamp, secret), using: secret.key)
  }

  private static func message(_ timestamp: String, _ secret: Secret) -> [UInt8] {
    Array("\(timestamp)\n\(secret.reveal)".utf8)
  }
}
