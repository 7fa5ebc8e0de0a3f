import Foundation

/// What a secret looks like in text.
struct SecretPattern {
  /// What it is, as reports and the marks that take its place call it.
  let kind: String
  let expression: NSRegularExpression
  /// The part of a match that is the secret: a group of the expression, 0 for all of it.
  let group: Int

  init(_ kind: String, _ pattern: String, group: Int = 0) throws {
    self.kind = kind
    self.group = group
    do {
      self.expression = try NSRegularExpression(pattern: pattern)
    } catch {
      throw RedactionError.badPattern(pattern)
    }
  }

  /// What comes before a secret value: the name of one, and a sign.
  private static let named =
    #"(?i)(?:password|passphrase|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|credentials?"#
    + #"|authorization|session[_-]?id|cookie)\\?["']?\s*[:=]\s*"#

  /// The patterns of tokens, addresses and user ids, in the order in which they are looked for.
  ///
  /// None of them takes in a quote alone, or a backslash without what it escapes, so that JSON stays
  /// JSON. The prefixes of keys are
  /// those their issuers document: JWT (RFC 7519: `{"` in base64 is `eyJ`), AWS, GitHub, GitLab,
  /// Slack, Google, Stripe.
  static func builtIn() throws -> [SecretPattern] {
    [
      try SecretPattern(
        "key",
        "-----BEGIN [A-Z ]*PRIVATE KEY-----[^\"]*?-----END [A-Z ]*PRIVATE KEY-----"
      ),
      try SecretPattern(
        "token",
        #"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"#
      ),
      try SecretPattern("token", #"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/=-]{8,})"#, group: 1),
      try SecretPattern(
        "token",
        #"\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"#
          + #"|glpat-[A-Za-z0-9_-]{16,}|xox[abeoprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{30,}"#
          + #"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{20,})"#
      ),
      // A value in quotes is secret whole, a passphrase with its blanks; the third form is one in
      // a text that stands in JSON itself.
      try SecretPattern("token", named + #""((?:[^"\\\n]|\\[^\n]){4,}?)""#, group: 1),
      try SecretPattern("token", named + #"'([^'"\\\n]{4,}?)'"#, group: 1),
      try SecretPattern("token", named + #"\\"([^"\\\n]{4,}?)\\""#, group: 1),
      try SecretPattern("token", named + #"["']?([^\s"'\\&,;<>(){}\[\]]{4,})"#, group: 1),
      // The name and the password before the host of a URL.
      try SecretPattern("token", #"://([^\s/@"'\\:]+:[^\s/@"'\\]+)@"#, group: 1),
      try SecretPattern(
        "address",
        // The lengths are those of RFC 5321; without them a long run of letters costs its square.
        #"\b[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}\b"#
      ),
      // Loopback and "any" name no machine; a fifth number makes it a version.
      try SecretPattern(
        "address",
        #"(?<![\w.])(?!127\.|0\.0\.0\.0|255\.)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}"#
          + #"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)"#
      ),
      try SecretPattern(
        "address",
        #"(?<![\w:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"#
          + #"|(?:[0-9A-Fa-f]{1,4}:){1,6}:(?:[0-9A-Fa-f]{1,4}:){0,5}[0-9A-Fa-f]{1,4})(?![\w:.])"#
      ),
      try SecretPattern(
        "address",
        #"(?<![\w:-])(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}(?![\w:-])"#
      ),
      try SecretPattern(
        "user",
        #"(?i)\b(?:user|customer|account|tenant|member|client|order|session)[_ -]?id["']?"#
          + #"\s*[:=]\s*["']?([A-Za-z0-9][A-Za-z0-9_-]*)"#,
        group: 1
      ),
      try SecretPattern(
        "user",
        #"(?i)/(?:users?|customers?|accounts?|tenants?|members?)/([0-9]+|[0-9a-f]{8}-[0-9a-f-]{27})\b"#,
        group: 1
      ),
    ]
  }
}

/// Why text cannot be redacted.
package enum RedactionError: Error, Equatable, CustomStringConvertible {
  case badPattern(String)

  package var description: String {
    switch self {
    case .badPattern(let pattern): "\(pattern) is not a regular expression"
    }
  }
}
