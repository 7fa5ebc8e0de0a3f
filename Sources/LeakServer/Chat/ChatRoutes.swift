import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore
import Logging

/// Questions from chats, each platform in its own form.
struct ChatRoutes: Sendable {
  let desk: ChatDesk
  let late: LateAnswers
  let files: ChatFiles

  private var settings: ChatSettings { desk.settings }

  var routes: [Route] {
    [
      .post("/api/v1/chat/generic", .token(.read), takes: .upload) { try await generic($0) },
      .post("/api/v1/chat/slack", .signature, takes: .json) { call in
        try await converse(try settings.slack.read(call.raw(at: desk.now())), call)
      },
      .post("/api/v1/chat/feishu", .signature, takes: .json) { call in
        try await converse(try settings.feishu.read(call.raw(at: desk.now())), call)
      },
      .post("/api/v1/chat/dingtalk", .signature, takes: .json) { call in
        try await converse(try settings.dingTalk.read(call.raw(at: desk.now())), call)
      },
      .post("/api/v1/chat/wecom", .signature, takes: .json) { call in
        try await converse(try settings.weCom.read(call.raw(at: desk.now())), call)
      },
      .get("/api/v1/chat/wecom", .signature) { call in
        try await converse(try settings.weCom.read(call.raw(at: desk.now())), call)
      },
    ]
  }

  /// How long a delivery is remembered, in milliseconds: Feishu sends again for hours.
  private static let memory: Int64 = 24 * 3_600_000

  /// Answers what a platform sent, once.
  private func converse(_ incoming: Incoming, _ call: Call) async throws -> Answer {
    switch incoming {
    case .nothing: return .text("", mediaType: "text/plain; charset=utf-8")
    case .challenge(.text(let text)): return .text(text, mediaType: "text/plain; charset=utf-8")
    case .challenge(.json(let json)): return try Answer.json(json)
    case .message(let message):
      let time = desk.now()
      let forgotten = Instant(milliseconds: time.milliseconds - Self.memory)
      let isFirst = try await desk.casebook.store.claim(
        message.keys,
        at: time,
        forgetting: forgotten
      )
      // Success, or the platform would send it yet another time.
      guard isFirst else { return .text("", mediaType: "text/plain; charset=utf-8") }
      do {
        return try await reply(to: message, call)
      } catch {
        try await desk.casebook.store.release(message.keys)
        throw error
      }
    }
  }

  /// Answers a message in time, or says that the answer follows.
  private func reply(to message: ChatMessage, _ call: Call) async throws -> Answer {
    let question = ChatDesk.Question(
      request: ChatRequest(message.text, hasAttachment: message.file != nil),
      author: message.author,
      mayWrite: !settings.readOnly.contains(message.platform)
    )
    let words = ChatWords(language: question.request.language)
    let address = message.replyAddress
    let answer = try await late.result(
      // Without a later way the platform's own patience is all there is.
      within: address == nil ? .seconds(25) : settings.patience,
      late: { answer in await send(answer.reply, to: address, call) },
      of: { await ask(question, about: message.file, call) }
    )
    guard let answer else {
      let following = words.say("working on it; the answer follows", "正在处理，结果稍后送达")
      return try body(ChatReply(following), message)
    }
    guard !message.showsAnswer, address != nil else { return try body(answer.reply, message) }
    await send(answer.reply, to: address, call)
    return try Answer.json(JSONValue.object([:]))
  }

  /// The answer, or why there is none: a chat is told in words.
  private func ask(
    _ question: ChatDesk.Question,
    about file: ChatFile?,
    _ call: Call
  ) async -> ChatAnswer {
    let words = ChatWords(language: question.request.language)
    do {
      var question = question
      if let file { question.files = [try await files.fetch(file, at: desk.now())] }
      return try await desk.answer(question)
    } catch {
      if let refusal = desk.refusal(error, language: question.request.language) { return refusal }
      call.logger.error("question failed", metadata: ["error": "\(error)"])
      return ChatAnswer(
        ChatReply(words.say("something went wrong here; the log tells more", "服务内部出错，详见日志"))
      )
    }
  }

  /// Puts a later answer into the outbox.
  private func send(_ reply: ChatReply, to address: ReplyAddress?, _ call: Call) async {
    guard let address else { return }
    do {
      let message = try OutboxReply(reply: reply, address: address).message
      try await desk.casebook.store.queue([message], at: desk.now())
    } catch {
      call.logger.error("answer lost", metadata: ["error": "\(error)"])
    }
  }

  /// A reply in the platform's form.
  private func body(_ reply: ChatReply, _ message: ChatMessage) throws -> Answer {
    switch message.platform {
    case .slack: return try Answer.json(SlackRenderer.message(reply))
    case .feishu: return try Answer.json(FeishuRenderer.message(reply))
    case .dingtalk: return try Answer.json(MarkdownRenderer.dingTalkMessage(reply))
    case .wecom:
      let random = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
      let id = ContentHash.sha256(random)
      let envelope = try settings.weCom.requireCipher().envelope(
        MarkdownRenderer.weComStream(reply, id: String(id.prefix(16))),
        seconds: desk.now().milliseconds / 1_000,
        nonce: String(id.suffix(16)),
        lead: random
      )
      return try Answer.json(envelope ?? .object([:]))
    case .generic: return try Answer.json(JSONValue.object(["text": .text(reply.text)]))
    }
  }
}

extension ChatRoutes {
  private struct GenericFields: RequestFields {
    struct File: Decodable {
      let name: String
      let base64: Bytes64
    }

    enum Field: String, CodingKey, CaseIterable {
      case text
      case user
      case channel
      case files
    }

    let text: String
    let user: String?
    /// Where it was asked; told to nobody, but bots have it to hand.
    let channel: String?
    let files: [File]?
  }

  private struct GenericAnswer: Encodable {
    let text: String
    let markdown: String
    let data: JSONValue
  }

  /// Answers any other bot.
  private func generic(_ call: Call) async throws -> Answer {
    try call.query.allow()
    let fields = try call.fields(GenericFields.self)
    let message = ChatMessage(
      platform: .generic,
      keys: [],
      user: fields.user ?? "",
      text: fields.text
    )
    let files = (fields.files ?? []).map {
      EvidenceFile(source: UploadedFiles.safeName($0.name), bytes: $0.base64.bytes)
    }
    let question = ChatDesk.Question(
      request: ChatRequest(fields.text, hasAttachment: !files.isEmpty),
      author: message.author,
      mayWrite: call.principal.mayWrite && !settings.readOnly.contains(.generic),
      files: files
    )
    let answer: ChatAnswer
    do {
      answer = try await desk.answer(question)
    } catch {
      let language = question.request.language
      guard let refusal = desk.refusal(error, language: language) else { throw error }
      answer = refusal
    }
    return try Answer.json(
      GenericAnswer(
        text: answer.reply.text,
        markdown: MarkdownRenderer.generic.text(answer.reply),
        data: answer.data
      )
    )
  }
}
