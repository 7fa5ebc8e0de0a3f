import LeakDiagnosis

/// The secret of a token: shown once, then known to its holder only.
///
/// Shape: `lbk_`, 43 letters and digits (256 bits), and six hex digits of their SHA-256, so that a
/// mistyped or cut token, and most guesses, are told from a real one without asking the store.
package struct AccessToken: Sendable, Equatable {
  package let text: String

  package static let prefix = "lbk_"
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  )
  /// 62 letters and digits hold 5.95 bits each.
  private static let length = 43
  private static let checkLength = 6

  /// Makes a new one; the generator must be one that cannot be foretold.
  package init(using generator: inout some RandomNumberGenerator) {
    let body = String(
      (0..<Self.length).map { _ in
        Self.alphabet[Int.random(in: Self.alphabet.indices, using: &generator)]
      }
    )
    self.text = Self.prefix + body + Self.check(of: body)
  }

  /// Reads one as it was shown; nil for anything that was never a token.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), text.utf8.count == 4 + Self.length + Self.checkLength
    else { return nil }
    let body = String(text.dropFirst(4).dropLast(Self.checkLength))
    guard body.utf8.allSatisfy({ Self.isAllowed($0) }), text.hasSuffix(Self.check(of: body))
    else { return nil }
    self.text = text
  }

  /// What is kept of it: SHA-256 in lower-case hex.
  ///
  /// Full entropy needs no slow hash.
  package var sha256: String { ContentHash.sha256(Array(text.utf8)) }

  private static func check(of body: String) -> String {
    String(ContentHash.sha256(Array(body.utf8)).prefix(checkLength))
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
