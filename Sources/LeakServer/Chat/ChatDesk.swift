import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

/// Answers questions that come from chats.
struct ChatDesk: Sendable {
  let casebook: Casebook
  let settings: ChatSettings
  let executor: AnalysisExecutor
  let now: @Sendable () -> Instant

  init(
    _ casebook: Casebook,
    _ settings: ChatSettings,
    _ executor: AnalysisExecutor,
    now: @escaping @Sendable () -> Instant
  ) {
    self.casebook = casebook
    self.settings = settings
    self.executor = executor
    self.now = now
  }

  /// A question, whoever asks it.
  struct Question: Sendable {
    let request: ChatRequest
    let author: String
    /// Whether whoever asks may change anything.
    let mayWrite: Bool
    /// The captures that came with it.
    var files: [EvidenceFile] = []
  }

  /// Answers a question.
  ///
  /// - Throws: `Problem` and what it is made from; a chat tells it as `refusal` does.
  func answer(_ question: Question) async throws -> ChatAnswer {
    let words = ChatWords(language: question.request.language)
    guard question.mayWrite || !question.request.command.isWriting else {
      return ChatAnswer(ChatReply(words.say("not done: this chat may only read", "未完成：此处只能查询")))
    }
    switch question.request.command {
    case .help: return help(words)
    case .usage(let verb):
      return ChatAnswer(ChatReply(words.say("say: ", "用法：") + words.usage(verb)))
    case .search(let text): return try await search(text, words)
    case .similarTo(let id): return try await similar(to: id, words)
    case .similarToText(let text): return try await similar(toText: text, words)
    case .show(let id): return try await show(id, words)
    case .diagnoseAttached: return try await diagnose(question.files, words)
    case .diagnoseLink(let link):
      let file = try await LinkFetcher(allowed: settings.fetchAllowed).fetch(link)
      return try await diagnose([file], words)
    case .diagnosePaste(let text):
      let file = EvidenceFile(source: "paste.txt", bytes: Array(text.utf8))
      return try await diagnose([file], words)
    case .forecast(let service): return try await forecast(service, words)
    case .playbook(let id): return try playbook(id, words)
    case .open(let title, let service, let severity):
      let new = NewIncident(
        title: title,
        service: service,
        severity: severity ?? .p2,
        isSeverityGiven: severity != nil,
        openedAt: now(),
        loggedAt: now(),
        author: question.author
      )
      return try await open(new, question.files, words)
    case .note(let id, let text):
      try await casebook.note(text, on: id, author: question.author)
      return ChatAnswer(ChatReply("\(id): " + words.say("noted", "已备注")))
    case .resolve(let id, let cause, let fix):
      return try await resolve(id, cause, fix, question.author, words)
    }
  }

  /// What a chat is told instead of an answer; nil for a fault of the server, which goes to the log.
  func refusal(_ error: any Error, language: Language) -> ChatAnswer? {
    let problem = Problem(error)
    guard !problem.isFault else { return nil }
    let words = ChatWords(language: language)
    return ChatAnswer(ChatReply(words.say("not done: ", "未完成：") + problem.detail))
  }

  private func help(_ words: ChatWords) -> ChatAnswer {
    ChatAnswer(
      ChatReply(
        words.say("leakbook: what was it, and what fixed it?", "leakbook：这是什么问题，上次怎么修好的？"),
        lines: Verb.allCases.map { ChatReply.Line(words.usage($0), words.purpose($0)) }
      )
    )
  }
}
