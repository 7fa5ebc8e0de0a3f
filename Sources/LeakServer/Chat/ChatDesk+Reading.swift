import LeakAnalysis
import LeakCasebook
import LeakChat
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

extension ChatDesk {
  /// How many incidents an answer names.
  private static let mostHits = 5

  /// Finds incidents by words and filters, the best first.
  func search(_ text: String, _ words: ChatWords) async throws -> ChatAnswer {
    let query = try SearchQuery.parse(text, now: now())
    let hits = try await casebook.store.search(query, limit: Self.mostHits)
    let document = HitsDocument(hits)
    guard let first = hits.first else {
      return try ChatAnswer(
        ChatReply(words.say("nothing found for: ", "没有找到：") + text),
        document: document
      )
    }
    return try ChatAnswer(
      ChatReply(
        words.row(first.incident, cause: first.cause),
        severity: first.incident.severity,
        items: hits.dropFirst().map { words.row($0.incident, cause: $0.cause) },
        actions: actions(for: first.incident.id, cause: first.cause, words)
      ),
      document: document
    )
  }

  /// Finds the like of an incident.
  func similar(to id: IncidentID, _ words: ChatWords) async throws -> ChatAnswer {
    let found = try await executor.run {
      try await casebook.similar(to: id, limit: Self.mostHits)
    }
    return try answer(found, asked: id.description, words)
  }

  /// Finds the like of a description.
  func similar(toText text: String, _ words: ChatWords) async throws -> ChatAnswer {
    let found = try await executor.run {
      try await casebook.similar(toText: text, limit: Self.mostHits)
    }
    return try answer(found, asked: words.say("this", "该描述"), words)
  }

  private func answer(
    _ similar: SimilarIncidents,
    asked: String,
    _ words: ChatWords
  ) throws -> ChatAnswer {
    let document = HitsDocument(similar)
    guard let first = similar.hits.first else {
      return try ChatAnswer(
        ChatReply(words.say("nothing like \(asked) has happened before", "没有与 \(asked) 相似的历史事件")),
        document: document
      )
    }
    if let repaired = similar.repaired, let repair = repaired.repair {
      let row = words.row(repaired.incident, cause: repaired.cause)
      return try ChatAnswer(
        ChatReply(
          words.told(repair, of: repaired, now: now()),
          lines: [.init(words.say("Incident", "事件"), row)]
            + repaired.why.map { ChatReply.Line($0.kind, $0.detail) },
          items: similar.hits.filter { $0.incident.id != repaired.incident.id }
            .map { self.row($0, words) },
          actions: actions(for: repaired.incident.id, cause: repaired.cause, words)
        ),
        document: document
      )
    }
    return try ChatAnswer(
      ChatReply(
        row(first, words),
        lines: first.why.map { ChatReply.Line($0.kind, $0.detail) },
        items: similar.hits.dropFirst().map { row($0, words) },
        actions: actions(for: first.incident.id, cause: first.cause, words)
      ),
      document: document
    )
  }

  /// A past incident with how alike it is.
  func row(_ hit: SimilarIncident, _ words: ChatWords) -> String {
    "\(words.percent(hit.score)) \(words.row(hit.incident, cause: hit.cause))"
  }

  /// Tells of one incident.
  func show(_ id: IncidentID, _ words: ChatWords) async throws -> ChatAnswer {
    let report = try await casebook.report(on: id)
    let verdict = report.diagnosis?.verdicts.first
    let cause = report.incident.cause ?? verdict?.cause
    var lines: [ChatReply.Line] = []
    if let verdict {
      let sure = words.percent(verdict.confidence)
      lines.append(.init(words.say("Diagnosis", "诊断"), "\(verdict.title) (\(sure))"))
      if let culprit = verdict.culprit {
        lines.append(.init(words.say("Open first", "先看"), culprit.place))
      }
    }
    lines += [
      .init(words.say("Opened", "开始"), report.incident.openedAt.description),
      .init(words.say("Evidence", "证据"), "\(report.evidence.count)"),
    ]
    return try ChatAnswer(
      ChatReply(
        words.row(report.incident, cause: cause),
        severity: report.incident.severity,
        lines: lines,
        items: report.timeline.suffix(3).map { "\($0.at) \($0.author): \($0.kind) \($0.detail)" },
        actions: [.init(words.say("Similar", "相似"), words.say("similar", "相似") + " \(id)")]
          + playbookAction(cause, words)
      ),
      document: IncidentDocument(report)
    )
  }

  /// Tells what to do about a cause, or which causes there are.
  func playbook(_ id: String?, _ words: ChatWords) throws -> ChatAnswer {
    let rulebook = casebook.diagnoser.rulebook
    guard let id else {
      let playbooks = rulebook.playbooks.compactMap {
        rulebook.playbook(for: $0.id, language: words.language)
      }
      return ChatAnswer(
        ChatReply(
          words.say("\(playbooks.count) playbooks", "共 \(playbooks.count) 个手册"),
          items: playbooks.map { "\($0.id.rawValue): \($0.title)" }
        )
      )
    }
    guard let cause = Cause(rawValue: id),
      let playbook = rulebook.playbook(for: cause, language: words.language)
    else { throw Problem(.noSuchPlaybook, "there is no playbook \"\(id)\"") }
    // First what stops the pain; the repair is code, which no chat shows well.
    let sections: [PlaybookBody.Section] = [.mitigation, .diagnosis]
    let steps = sections.flatMap { section in
      let text = playbook.rendered(section, filling: [:]) ?? ""
      return ChatText.steps(of: text).map { "\(section.heading(in: words.language)): \($0)" }
    }
    let markdown = playbook.rendered(filling: [:]) ?? ""
    return try ChatAnswer(
      ChatReply(
        "\(playbook.title): \(playbook.summary)",
        severity: playbook.severity,
        items: steps,
        footer: words.say("the repair: ", "修复见：") + "leakbook playbook show \(cause.rawValue)"
      ),
      document: PlaybookDocument(playbook, markdown: markdown, language: words.language)
    )
  }

  /// Tells when a service reaches its limit, or how much of it is used.
  func forecast(_ service: String, _ words: ChatWords) async throws -> ChatAnswer {
    guard let known = try await casebook.store.service(named: service) else {
      return ChatAnswer(
        ChatReply(words.say("nothing was ever reported for ", "没有该服务的数据：") + service)
      )
    }
    let processes = try await casebook.store.snapshots(service: service)
    let forecasts = processes.compactMap { MemoryForecast($0, of: known) }
    // Of several instances the one that has the least time left is the one to worry about.
    let soonest = forecasts.min { one, other in
      (one.timeToLimit?.p50 ?? .infinity) < (other.timeToLimit?.p50 ?? .infinity)
    }
    if let soonest, let times = soonest.timeToLimit, let limit = soonest.limit {
      let text = words.limitReached(by: soonest.source, limit: Bytes(Int64(limit)), times)
      return ChatAnswer(ChatReply(text, footer: soonest.reason))
    }
    return ChatAnswer(ChatReply(use(of: known, processes, words), footer: soonest?.reason))
  }

  /// How much of its limit a service uses; of several instances the fullest.
  private func use(
    of service: Service,
    _ processes: [InstanceSeries],
    _ words: ChatWords
  ) -> String {
    let used = processes.compactMap { $0.series.last(.cgroupWorkingSet) ?? $0.series.last(.vmRSS) }
      .max()
    let name = service.name
    guard let used else { return words.say("there are no snapshots of ", "没有该服务的快照：") + name }
    let now = Bytes(Int64(used)).description
    guard let limit = service.limit, limit.count > 0 else {
      return words.say(
        "\(name) uses \(now); its limit is not known",
        "\(name) 占用 \(now)；上限未知"
      )
    }
    let share = words.percent(used / Double(limit.count))
    return words.say(
      "\(name) uses \(now) of \(limit), \(share)",
      "\(name) 占用 \(now)，上限 \(limit)，\(share)"
    )
  }

  private func actions(
    for id: IncidentID,
    cause: Cause?,
    _ words: ChatWords
  ) -> [ChatReply.Action] {
    [.init("\(id)", words.say("show", "查看") + " \(id)")] + playbookAction(cause, words)
  }

  /// A button for the playbook of a cause that has one.
  func playbookAction(_ cause: Cause?, _ words: ChatWords) -> [ChatReply.Action] {
    guard let cause, casebook.diagnoser.rulebook.playbook(for: cause) != nil else { return [] }
    let verb = words.say("playbook", "手册")
    return [.init(words.say("Playbook", "手册"), "\(verb) \(cause.rawValue)")]
  }
}

extension Culprit {
  /// The function, and its file and line where they are known.
  var place: String {
    let place = file.map { file in " \(file)" + (line.map { ":\($0)" } ?? "") } ?? ""
    return function + place
  }
}
