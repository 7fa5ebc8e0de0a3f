import Crypto
import Foundation

/// Feishu's two signatures, which have nothing in common.
enum FeishuSignature {
  /// Whether an event was signed by one who knows the encrypt key.
  ///
  /// A plain SHA-256 in hex over time, nonce, key and body, and no HMAC.
  /// Source: "Event subscription", open.feishu.cn.
  static func isValid(
    _ signature: String,
    timestamp: String,
    nonce: String,
    body: [UInt8],
    keys: [Secret]
  ) -> Bool {
    guard let code = Hex.bytes(signature) else { return false }
    return keys.contains { key in
      SHA256.hash(data: Array((timestamp + nonce + key.reveal).utf8) + body) == code
    }
  }

  /// The signature of a message to a group's robot, in Base64.
  ///
  /// Time and secret together are the key, and the message is empty.
  /// The time is in seconds since 1970. Source: "Custom bot guide", open.feishu.cn.
  static func ofRobot(secret: Secret, seconds: Int64) -> String {
    let key = SymmetricKey(data: Array("\(seconds)\n\(secret.reveal)".utf8))
    return Data(HMAC<SHA256>.authenticationCode(for: [UInt8](), using: key)).base64EncodedString()
  }
}
