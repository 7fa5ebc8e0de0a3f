/// A place that news is sent to, as whoever runs the server set it up.
package struct Destination: Sendable, Equatable {
  /// How the outbox and the log call it; never its address, which is a secret.
  package let name: String
  package let kind: Kind
  package let url: Secret
  /// What messages are signed with; nil where the address alone is the secret.
  package let secret: Secret?

  /// What is at the other end.
  package enum Kind: String, Sendable, CaseIterable {
    case slack
    case feishu
    case dingtalk
    case wecom
    /// Any other that takes JSON by POST.
    case webhook
  }

  package init(name: String, kind: Kind, url: Secret, secret: Secret? = nil) {
    self.name = name
    self.kind = kind
    self.url = url
    self.secret = secret
  }

  /// The least time between two messages, in milliseconds.
  ///
  /// Robots of DingTalk and WeCom take 20 a minute and are blocked for minutes beyond that, those
  /// of Feishu 100 a minute, Slack's webhooks one a second.
  package var pause: Int64 {
    switch kind {
    case .slack: 1_000
    case .feishu: 600
    case .dingtalk, .wecom: 3_000
    case .webhook: 0
    }
  }
}
