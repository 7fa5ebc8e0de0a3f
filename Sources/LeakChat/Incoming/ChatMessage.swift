package import LeakModel

/// A message from any platform, checked and understood as far as the platform goes.
package struct ChatMessage: Sendable, Equatable {
  package let platform: Platform
  /// What names this delivery: it is acted on once, however often it comes.
  package let keys: [String]
  /// Who wrote it, as the platform names people; for the timeline.
  package let user: String
  /// What was written.
  package let text: String
  /// Where an answer may go later; nil where only the answer to the request can carry one.
  package let replyAddress: ReplyAddress?
  /// Whether the platform shows what the request itself is answered.
  package let showsAnswer: Bool
  /// What came in the place of words, for the platform to hand out.
  package let file: ChatFile?

  package init(
    platform: Platform,
    keys: [String],
    user: String,
    text: String,
    replyAddress: ReplyAddress? = nil,
    showsAnswer: Bool = true,
    file: ChatFile? = nil
  ) {
    self.platform = platform
    self.keys = keys
    self.user = user
    self.text = text
    self.replyAddress = replyAddress
    self.showsAnswer = showsAnswer
    self.file = file
  }

  /// Who it is by, for the timeline: `slack:U2147 chen`.
  package var author: String {
    let name = ChatText.cut(ChatText.plain(user), characters: 80)
    return "\(platform.rawValue):\(name.isEmpty ? "unknown" : name)"
  }
}

/// A file that somebody sent to the app of a chat, which the platform keeps.
package struct ChatFile: Sendable, Equatable {
  /// Where the platform hands it out.
  package enum Place: Sendable, Equatable {
    /// To an app of Feishu, by the message that it came with and its own key.
    case feishu(message: String, key: String)
    /// To everybody who has the address, for five minutes, encrypted.
    case weCom(url: String)
  }

  /// As whoever sent it calls it; empty where the platform does not tell.
  package let name: String
  package let place: Place

  package init(name: String = "", place: Place) {
    self.name = name
    self.place = place
  }
}

/// Where a later answer goes, and until when.
package struct ReplyAddress: Sendable, Equatable, Codable {
  /// How the place is named.
  package enum Place: Sendable, Equatable, Codable {
    /// An address of the platform, good for one message or a few.
    case url(String)
    /// A message that an app of Feishu answers.
    case feishuMessage(String)
  }

  package let platform: Platform
  package let place: Place
  /// Milliseconds since 1970; later the platform refuses.
  package let expiresAt: Int64

  /// An address given by a message; nil when it is none of the platform's own over HTTPS.
  package init?(platform: Platform, url: String?, expiresAt: Instant) {
    guard let url, let host = Self.host(ofHTTPS: url), platform.replyHosts.contains(host) else {
      return nil
    }
    self.init(platform: platform, place: .url(url), expiresAt: expiresAt)
  }

  package init(platform: Platform, place: Place, expiresAt: Instant) {
    self.platform = platform
    self.place = place
    self.expiresAt = expiresAt.milliseconds
  }

  /// The host of a plain HTTPS address; nil when anything about it is unusual.
  ///
  /// User names, ports, backslashes and blanks are where readers of addresses disagree.
  static func host(ofHTTPS url: String) -> String? {
    guard url.hasPrefix("https://"), url.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 92 }) else {
      return nil
    }
    let host = url.dropFirst(8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.isEmpty,
      host.allSatisfy({ $0.isLowercase || $0.isNumber || $0 == "." || $0 == "-" })
    else { return nil }
    return String(host)
  }
}

/// What a platform's request turned out to be.
package enum Incoming: Sendable, Equatable {
  case message(ChatMessage)
  /// The platform asks whether we are who it was told: this is to be answered as it stands.
  case challenge(ChallengeAnswer)
  /// Nothing to answer: a probe, or an event that is none of our business.
  case nothing
}

/// The answer to a platform's check of the address.
package enum ChallengeAnswer: Sendable, Equatable {
  case json(JSONValue)
  case text(String)
}

/// A request as it came: what every platform's reader works on.
package struct RawRequest: Sendable {
  /// Header values by names in lower case.
  package let headers: [String: String]
  /// The parameters behind the question mark.
  package let query: [String: String]
  /// The bytes that are signed.
  package let body: [UInt8]
  /// The present.
  package let now: Instant

  package init(headers: [String: String], query: [String: String], body: [UInt8], now: Instant) {
    self.headers = headers
    self.query = query
    self.body = body
    self.now = now
  }

  /// A time some minutes from now.
  func inMinutes(_ minutes: Int64) -> Instant {
    Instant(milliseconds: now.milliseconds + minutes * 60_000)
  }
}
