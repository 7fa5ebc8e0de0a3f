/// Where people chat; the raw values are the ends of the paths under `/api/v1/chat`.
package enum Platform: String, Sendable, CaseIterable, Codable {
  case slack
  case feishu
  case dingtalk
  case wecom
  /// Any other bot, over plain JSON.
  case generic

  /// The hosts that a reply address in a message may name.
  ///
  /// A message is signed by the platform, but what it holds has passed through many hands; a reply
  /// that went to any address would make the server a tool against its own network.
  package var replyHosts: Set<String> {
    switch self {
    case .slack: ["hooks.slack.com"]
    case .feishu: ["open.feishu.cn", "open.larksuite.com"]
    case .dingtalk: ["oapi.dingtalk.com"]
    case .wecom: ["qyapi.weixin.qq.com"]
    case .generic: []
    }
  }
}
