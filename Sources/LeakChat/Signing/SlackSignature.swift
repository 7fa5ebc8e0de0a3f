import Crypto
import Foundation

/// Slack's signature: `v0=` and HMAC-SHA256 in hex over `v0:TIME:BODY`.
///
/// Source: "Verifying requests from Slack", docs.slack.dev; bolt 4.2, verify-request.
enum SlackSignature {
  /// Whether a signature is one of the secrets' own, in constant time.
  static func isValid(
    _ signature: String,
    timestamp: String,
    body: [UInt8],
    secrets: [Secret]
  ) -> Bool {
    guard signature.hasPrefix("v0="), let code = Hex.bytes(signature.dropFirst(3)) else {
      return false
    }
    let message = Array("v0:\(timestamp):".utf8) + body
    return secrets.contains { secret in
      HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: secret.key)
    }
  }
}

extension Secret {
  /// The secret's UTF-8 as a key.
  var key: SymmetricKey { SymmetricKey(data: Array(reveal.utf8)) }

  /// Whether another text is the same, in constant time.
  func isEqual(to text: String) -> Bool {
    SHA256.hash(data: Array(text.utf8)) == SHA256.hash(data: Array(reveal.utf8))
  }
}
