import Crypto
import CryptoExtras
import Foundation

/// The cipher of Feishu's events: AES-256-CBC, the key SHA-256 of the encrypt key, the first
/// block of the blob its initial vector, padding as in PKCS #7.
struct FeishuCipher {
  private let key: SymmetricKey

  init(encryptKey: Secret) {
    key = SymmetricKey(data: SHA256.hash(data: Array(encryptKey.reveal.utf8)))
  }

  /// Decrypts a blob in Base64; nil when it is not of this key.
  func decrypt(_ blob: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: blob), data.count >= 32,
      let start = try? AES._CBC.IV(ivBytes: data.prefix(16)),
      let plain = try? AES._CBC.decrypt(data.dropFirst(16), using: key, iv: start)
    else { return nil }
    return [UInt8](plain)
  }
}
