import Crypto
import CryptoExtras
import Foundation

/// WeCom's callback cipher and signature.
///
/// AES-256-CBC, the first 16 bytes of the key its initial vector, padded to 32 bytes. Inside:
/// 16 random bytes, the length as four bytes big-endian, the message, the receiver's id.
/// The signature is SHA-1 in hex over the four strings, sorted and joined.
/// Source: "Encryption and decryption of callbacks", developer.work.weixin.qq.com.
package struct WeComCipher: Sendable, Equatable {
  private let token: Secret
  private let key: [UInt8]

  private static let block = 32
  private static let lead = 16

  /// Takes the token and the `EncodingAESKey` of 43 characters; nil when it is not one.
  package init?(token: Secret, encodingAESKey: Secret) {
    guard let key = Self.key(encodingAESKey.reveal) else { return nil }
    self.token = token
    self.key = key
  }

  /// Whether a signature is right, in constant time.
  func isValid(_ signature: String, timestamp: String, nonce: String, blob: String) -> Bool {
    guard let code = Hex.bytes(signature) else { return false }
    return digest(timestamp, nonce, blob) == code
  }

  /// The signature of a blob, in hex.
  func signature(timestamp: String, nonce: String, blob: String) -> String {
    Hex.text(digest(timestamp, nonce, blob))
  }

  /// Decrypts a blob in Base64; nil when it is not of this key.
  func decrypt(_ blob: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: blob), let plain = decrypt(file: [UInt8](data)),
      plain.count >= Self.lead + 4
    else { return nil }
    let size = plain[Self.lead..<Self.lead + 4].reduce(0) { $0 << 8 | Int($1) }
    guard size <= plain.count - Self.lead - 4 else { return nil }
    return Array(plain[(Self.lead + 4)...].prefix(size))
  }

  /// Decrypts a file that was sent to a bot, of which nothing but the padding is WeCom's; nil when
  /// it is not of this key.
  package func decrypt(file bytes: [UInt8]) -> [UInt8]? {
    guard let start = try? AES._CBC.IV(ivBytes: key.prefix(16)),
      let padded = try? AES._CBC.decrypt(
        bytes,
        using: SymmetricKey(data: key),
        iv: start,
        noPadding: true
      ), let padding = padded.last, (1...Self.block).contains(Int(padding)),
      padded.count >= Int(padding), padded.suffix(Int(padding)).allSatisfy({ $0 == padding })
    else { return nil }
    return [UInt8](padded.dropLast(Int(padding)))
  }

  /// Encrypts a message for a receiver without an id, as a bot is; Base64.
  ///
  /// `lead` is 16 random bytes.
  func encrypt(_ message: [UInt8], lead: [UInt8]) -> String? {
    var plain = lead
    for shift in [24, 16, 8, 0] { plain.append(UInt8(message.count >> shift & 0xFF)) }
    plain += message
    let padding = Self.block - plain.count % Self.block
    plain += [UInt8](repeating: UInt8(padding), count: padding)
    guard let start = try? AES._CBC.IV(ivBytes: key.prefix(16)) else { return nil }
    let blob = try? AES._CBC.encrypt(
      plain,
      using: SymmetricKey(data: key),
      iv: start,
      noPadding: true
    )
    return blob?.base64EncodedString()
  }

  /// An answer as the callback wants it: encrypted and signed.
  package func envelope(
    _ message: JSONValue,
    seconds: Int64,
    nonce: String,
    lead: [UInt8]
  ) -> JSONValue? {
    guard let blob = encrypt(Array(message.encoded.utf8), lead: lead) else { return nil }
    return [
      "encrypt": .text(blob),
      "msgsignature": .text(signature(timestamp: "\(seconds)", nonce: nonce, blob: blob)),
      "timestamp": .integer(seconds),
      "nonce": .text(nonce),
    ]
  }

  private func digest(_ timestamp: String, _ nonce: String, _ blob: String) -> Insecure.SHA1.Digest
  {
    // Sorted as bytes: Swift's own order of strings follows Unicode's equivalence.
    let parts = [token.reveal, timestamp, nonce, blob].map { Array($0.utf8) }
      .sorted { $0.lexicographicallyPrecedes($1) }
    return Insecure.SHA1.hash(data: parts.flatMap { $0 })
  }

  /// The 32 bytes of a key of 43 characters of Base64.
  ///
  /// The last character has two spare bits, which need not be zero; a strict decoder wants them so.
  private static func key(_ text: String) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    guard text.count == 43, let last = text.last, let index = alphabet.firstIndex(of: last) else {
      return nil
    }
    let strict = text.dropLast() + [alphabet[index & ~3]] + "="
    guard let data = Data(base64Encoded: String(strict)), data.count == 32 else { return nil }
    return [UInt8](data)
  }
}
