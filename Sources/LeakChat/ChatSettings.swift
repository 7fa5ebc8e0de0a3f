package import LeakRules

/// How chats and webhooks are set up: the secrets to check with, the places to tell.
package struct ChatSettings: Sendable, Equatable {
  /// An app of Feishu that may answer by itself.
  package struct FeishuApp: Sendable, Equatable {
    package let id: String
    package let secret: Secret
    /// `https://open.feishu.cn`, or that of Lark.
    package let api: String

    package init(id: String, secret: Secret, api: String) {
      self.id = id
      self.secret = secret
      self.api = api
    }
  }

  package var slackSecrets: [Secret] = []
  package var feishuToken: Secret?
  package var feishuKeys: [Secret] = []
  package var feishuApp: FeishuApp?
  package var dingTalkSecrets: [Secret] = []
  package var weComCipher: WeComCipher?
  package var grafanaSecrets: [Secret] = []
  /// Where news goes; without any, none is written down.
  package var destinations: [Destination] = []
  /// The platforms whose chats may read and not write.
  package var readOnly: Set<Platform> = []
  /// The language of the news.
  package var language = Language.english
  /// The hosts and networks that linked captures may be fetched from.
  package var fetchAllowed: [String] = []
  /// How long a question may keep the platform waiting: three seconds are allowed.
  package var patience: Duration = .milliseconds(2_000)
  /// How often news and messages that are due are looked for.
  package var pace: Duration = .seconds(1)

  package init() {}

  /// The reader of what Slack sends.
  package var slack: SlackReader { SlackReader(secrets: slackSecrets) }
  /// The reader of what Feishu sends.
  package var feishu: FeishuReader {
    FeishuReader(
      verificationToken: feishuToken,
      encryptKeys: feishuKeys,
      canReply: feishuApp != nil
    )
  }
  /// The reader of what DingTalk sends.
  package var dingTalk: DingTalkReader { DingTalkReader(secrets: dingTalkSecrets) }
  /// The reader of what WeCom sends.
  package var weCom: WeComReader { WeComReader(cipher: weComCipher) }
}

extension ChatSettings {
  /// Why a variable cannot be used.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// The variables that are read; each may be set by a file instead, named in `…_FILE`.
  package static let variables = [
    "LEAKBOOK_SLACK_SIGNING_SECRET", "LEAKBOOK_FEISHU_VERIFICATION_TOKEN",
    "LEAKBOOK_FEISHU_ENCRYPT_KEY", "LEAKBOOK_FEISHU_APP_ID", "LEAKBOOK_FEISHU_APP_SECRET",
    "LEAKBOOK_FEISHU_API", "LEAKBOOK_DINGTALK_APP_SECRET", "LEAKBOOK_WECOM_TOKEN",
    "LEAKBOOK_WECOM_AES_KEY", "LEAKBOOK_GRAFANA_SECRET", "LEAKBOOK_NOTIFY_SLACK",
    "LEAKBOOK_NOTIFY_FEISHU", "LEAKBOOK_NOTIFY_FEISHU_SECRET", "LEAKBOOK_NOTIFY_DINGTALK",
    "LEAKBOOK_NOTIFY_DINGTALK_SECRET", "LEAKBOOK_NOTIFY_WECOM", "LEAKBOOK_NOTIFY_WEBHOOK",
    "LEAKBOOK_NOTIFY_WEBHOOK_SECRET", "LEAKBOOK_NOTIFY_LANG", "LEAKBOOK_FETCH_ALLOW",
    "LEAKBOOK_CHAT_READONLY",
  ]

  /// Reads the settings from variables.
  ///
  /// - Parameters:
  ///   - variable: The value of a variable; nil where it is not set.
  ///   - file: The text of a file.
  /// - Throws: `Failure` that names the variable and never its value; what `file` throws.
  package init(
    variable: (String) -> String?,
    file: (String) throws -> String
  ) throws {
    func text(_ name: String) throws -> String? {
      let value = try variable("\(name)_FILE").map { try file($0) } ?? variable(name)
      let trimmed = value.map { String($0.trimmed) } ?? ""
      return trimmed.isEmpty ? nil : trimmed
    }
    // Two secrets with a comma between are both good while one replaces the other.
    func list(_ name: String) throws -> [String] {
      try text(name)?.split(separator: ",").map { String($0.trimmed) }.filter { !$0.isEmpty } ?? []
    }
    func secrets(_ name: String) throws -> [Secret] { try list(name).map { Secret($0) } }

    self.init()
    slackSecrets = try secrets("LEAKBOOK_SLACK_SIGNING_SECRET")
    feishuToken = try text("LEAKBOOK_FEISHU_VERIFICATION_TOKEN").map { Secret($0) }
    feishuKeys = try secrets("LEAKBOOK_FEISHU_ENCRYPT_KEY")
    if let id = try text("LEAKBOOK_FEISHU_APP_ID"),
      let secret = try text("LEAKBOOK_FEISHU_APP_SECRET")
    {
      let api = try text("LEAKBOOK_FEISHU_API") ?? "https://open.feishu.cn"
      feishuApp = FeishuApp(id: id, secret: Secret(secret), api: api)
    }
    dingTalkSecrets = try secrets("LEAKBOOK_DINGTALK_APP_SECRET")
    if let token = try text("LEAKBOOK_WECOM_TOKEN") {
      let key = try text("LEAKBOOK_WECOM_AES_KEY") ?? ""
      guard let cipher = WeComCipher(token: Secret(token), encodingAESKey: Secret(key)) else {
        throw Failure(
          description: "LEAKBOOK_WECOM_AES_KEY is not an EncodingAESKey of 43 letters and digits"
        )
      }
      weComCipher = cipher
    }
    grafanaSecrets = try secrets("LEAKBOOK_GRAFANA_SECRET")
    for kind in Destination.Kind.allCases {
      let name = "LEAKBOOK_NOTIFY_\(kind.rawValue.uppercased())"
      let secret = try text("\(name)_SECRET").map { Secret($0) }
      for (index, url) in try list(name).enumerated() {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
          throw Failure(description: "\(name) is not an address that begins with https://")
        }
        destinations.append(
          Destination(
            name: index == 0 ? kind.rawValue : "\(kind.rawValue)-\(index + 1)",
            kind: kind,
            url: Secret(url),
            secret: secret
          )
        )
      }
    }
    if let tag = try text("LEAKBOOK_NOTIFY_LANG") {
      guard let read = Language(rawValue: tag) else {
        throw Failure(description: "LEAKBOOK_NOTIFY_LANG is en or zh, not \"\(tag)\"")
      }
      language = read
    }
    for name in try list("LEAKBOOK_CHAT_READONLY") {
      guard let platform = Platform(rawValue: name) else {
        let known = Platform.allCases.map(\.rawValue).joined(separator: ", ")
        throw Failure(description: "LEAKBOOK_CHAT_READONLY names some of \(known), not \"\(name)\"")
      }
      readOnly.insert(platform)
    }
    fetchAllowed = try list("LEAKBOOK_FETCH_ALLOW")
  }
}
