import Crypto
import Foundation

/// Grafana's signature of a webhook: HMAC-SHA256 in hex over the body, or over `TIME:BODY`.
///
/// Source: grafana/grafana, pull request 100960.
package enum GrafanaSignature {
  /// Whether a signature is one of the secrets' own, in constant time.
  ///
  /// `timestamp` is what the header with the time said; nil when there was none.
  package static func isValid(
    _ signature: String,
    timestamp: String?,
    body: [UInt8],
    secrets: [Secret]
  ) -> Bool {
    guard let code = Hex.bytes(signature) else { return false }
    let message = (timestamp.map { Array("\($0):".utf8) } ?? []) + body
    return secrets.contains { secret in
      HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: secret.key)
    }
  }
}
