import LeakCasebook
import LeakChat
import LeakModel
import LeakStore

/// Makes messages of what happens to incidents, whoever made it happen.
///
/// It follows the timelines in the database, so that what the command line, the API, a chat or an
/// alert writes is told alike, and what was written while no server ran is told afterwards.
struct Newsroom: Sendable {
  let store: Store
  let settings: ChatSettings

  /// Puts a message into the outbox for each piece of news and each destination.
  func gather(at time: Instant) async throws {
    guard !settings.destinations.isEmpty else { return }
    try await store.followNews()
    let unread = try await store.unreadNews()
    guard let last = unread.last else { return }
    var messages: [NewOutboxMessage] = []
    for item in unread {
      guard let notice = try await notice(of: item) else { continue }
      let text = try CanonicalJSON.text(notice)
      messages += settings.destinations.map {
        NewOutboxMessage(destination: $0.name, message: text, expiresAt: time.afterNews)
      }
    }
    try await store.tell(messages, upTo: last.number, at: time)
  }

  /// The message about an event; nil for what nobody must hear.
  private func notice(of item: NewsItem) async throws -> Notice? {
    switch item.event.kind {
    case .opened:
      // What was imported, or settled before anybody was told, is history.
      let isLive = [.open, .reopened, .mitigated].contains(item.incident.status)
      guard isLive, item.incident.importedCase == nil else { return nil }
      return try await notice("incident.opened", item, ("new incident", "新事件"))
    case .verified:
      return try await notice("incident.verified", item, ("fix verified", "修复已验证"))
    case .diagnosed:
      guard try await isFirstP0(item.incident.id) else { return nil }
      return try await notice("incident.p0", item, ("P0: memory runs out", "P0：内存即将耗尽"))
    default:
      // The rest is for those who work on the incident, and they can see it.
      return nil
    }
  }

  private func notice(
    _ event: String,
    _ item: NewsItem,
    _ phrase: (english: String, chinese: String)
  ) async throws -> Notice {
    let words = ChatWords(language: settings.language)
    let incident = item.incident
    let verdict = try await store.latestVerdict(of: incident.id)
    var lines = [ChatReply.Line(words.say("Service", "服务"), incident.service)]
    if let cause = incident.cause ?? verdict?.cause {
      lines.append(.init(words.say("Cause", "根因"), cause.rawValue))
    }
    if let culprit = verdict?.culprit {
      lines.append(.init(words.say("Open first", "先看"), culprit))
    }
    if let fix = incident.fix { lines.append(.init(words.say("Fix", "修复"), fix)) }
    let phrase = words.say(phrase.english, phrase.chinese)
    let reply = ChatReply(
      "\(phrase): \(incident.id) \(incident.service): \(incident.title)",
      severity: incident.severity,
      lines: lines,
      footer: "\(item.event.author) · \(item.event.at)"
    )
    let data = try JSONValue(encoding: IncidentSummary(incident))
    return Notice(event: event, reply: reply, data: data)
  }

  /// Whether the latest diagnosis says P0 and none before it did.
  private func isFirstP0(_ id: IncidentID) async throws -> Bool {
    let urgent = try await store.verdicts(of: id).map { verdict in
      try CanonicalJSON.read(Urgency.self, from: verdict.json).severity == Severity.p0.rawValue
    }
    return urgent.first == true && !urgent.dropFirst().contains(true)
  }

  /// The part of a diagnosis that says how urgent it is.
  private struct Urgency: Decodable {
    let severity: String?
  }
}

extension Instant {
  /// When news is none any more: after two days.
  fileprivate var afterNews: Instant { Instant(milliseconds: milliseconds + 2 * 86_400_000) }
}
