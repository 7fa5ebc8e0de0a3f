import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

extension ChatDesk {
  /// Diagnoses captures without keeping them, and looks for the like.
  func diagnose(_ files: [EvidenceFile], _ words: ChatWords) async throws -> ChatAnswer {
    guard !files.isEmpty else {
      return ChatAnswer(ChatReply(words.say("say: ", "用法：") + words.usage(.diagnose)))
    }
    let (diagnosis, similar) = try await executor.run {
      (try casebook.diagnoser.diagnose(files), try await casebook.similar(to: files, limit: 1))
    }
    return try ChatAnswer(
      reply(to: diagnosis, like: similar.hits.first, words),
      document: diagnosis
    )
  }

  /// A diagnosis with the nearest past incident.
  private func reply(
    to diagnosis: Diagnosis,
    like similar: SimilarIncident?,
    _ words: ChatWords
  ) -> ChatReply {
    guard let verdict = diagnosis.verdicts.first else {
      return ChatReply(words.say("nothing to say", "没有结论"))
    }
    let title = title(of: verdict, words)
    var lines: [ChatReply.Line] = []
    if let culprit = verdict.culprit {
      lines.append(.init(words.say("Open first", "先看"), culprit.place))
    }
    lines += diagnosis.verdicts.filter(\.isAlso).map {
      .init(words.say("Also", "另有"), self.title(of: $0, words))
    }
    lines += verdict.reasonsFor.prefix(3).map { .init(words.say("Why", "依据"), $0.statement) }
    lines += verdict.reasonsAgainst.prefix(2).map { .init(words.say("But", "但是"), $0.statement) }
    lines += diagnosis.misbeliefs.map {
      .init(words.say("Myth", "误区"), "\($0.belief): \($0.correction)")
    }
    if let similar { lines.append(.init(words.say("Closest", "最相似"), row(similar, words))) }
    if let next = diagnosis.next.first {
      lines.append(.init(words.say("Capture next", "补采"), "\(next.command) (\(next.why))"))
    }
    return ChatReply(
      title,
      severity: verdict.cause == .healthy ? nil : diagnosis.severity,
      lines: lines,
      actions: playbookAction(verdict.cause, words)
    )
  }

  /// The verdict in a line, with the title in the reader's language.
  private func title(of verdict: Verdict, _ words: ChatWords) -> String {
    let playbook = casebook.diagnoser.rulebook.playbook(
      for: verdict.cause,
      language: words.language
    )
    let title = playbook?.title ?? verdict.title
    return "\(title): \(verdict.cause.rawValue) \(words.percent(verdict.confidence))"
  }

  /// Opens an incident, with what was attached.
  func open(
    _ new: NewIncident,
    _ files: [EvidenceFile],
    _ words: ChatWords
  ) async throws -> ChatAnswer {
    let logged = try await executor.run { try await casebook.log(new, files: files) }
    let id = logged.incident.id
    var lines: [ChatReply.Line] = []
    if let verdict = logged.diagnosis?.verdicts.first {
      lines.append(.init(words.say("Diagnosis", "诊断"), title(of: verdict, words)))
    }
    if let similar = logged.similar.first {
      lines.append(.init(words.say("Closest", "最相似"), row(similar, words)))
    }
    return try ChatAnswer(
      ChatReply(
        "\(id) " + words.say("opened", "已新建") + ": \(new.service): \(new.title)",
        severity: logged.incident.severity,
        lines: lines,
        actions: [.init("\(id)", words.say("show", "查看") + " \(id)")]
      ),
      document: LoggedDocument(logged)
    )
  }

  /// Closes an incident with its cause and what repaired it.
  func resolve(
    _ id: IncidentID,
    _ cause: Cause,
    _ fix: String,
    _ author: String,
    _ words: ChatWords
  ) async throws -> ChatAnswer {
    let incident = try await casebook.resolve(
      id,
      cause: cause,
      fix: fix,
      commit: nil,
      author: author
    )
    return try ChatAnswer(
      ChatReply(words.row(incident, cause: cause)),
      document: IncidentSummary(incident)
    )
  }
}
