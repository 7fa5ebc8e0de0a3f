import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore
import Logging

/// Captures on their way to an incident.
struct EvidenceRoutes: Sendable {
  let casebook: Casebook
  let executor: AnalysisExecutor
  let metrics: Metrics
  /// How long a client waits for the diagnosis when it does not say.
  let patience: Duration

  var routes: [Route] {
    [
      .post("/api/v1/incidents/{id}/evidence", .token(.write), takes: .upload) {
        try await attach($0)
      },
      .post("/api/v1/incidents/{id}/verification", .token(.write), takes: .upload) {
        try await verify($0)
      },
    ]
  }

  /// What is said of evidence that is kept and not diagnosed yet.
  private struct AcceptedDocument: Encodable {
    let incident: String
    let status = "analysing"
    let added: [EvidenceDocument]
  }

  /// Keeps the files and diagnoses all that the incident has.
  ///
  /// A diagnosis that takes longer than the client's patience goes on without it: the captures are
  /// on disk by then, and the incident tells what came of them.
  private func attach(_ call: Call) async throws -> Answer {
    try call.query.allow("name", "author")
    let id = try call.incidentID()
    let author = try call.author(call.query["author"])
    // Before the files are hashed: an incident that is not there needs none of it.
    _ = try await casebook.store.incident(id)
    let start = ContinuousClock.now
    let added = try await executor.run {
      try await casebook.keep(try UploadedFiles.captures(of: call), with: id, author: author)
    }
    let analysis = Task {
      // The place in the gate is held until here: what is analysed is in memory as well.
      defer { withExtendedLifetime(call.place) {} }
      let logged = try await executor.run { try await casebook.judged(id, added: added) }
      metrics.count(added.isEmpty ? nil : logged.diagnosis, took: ContinuousClock.now - start)
      return logged
    }
    let location = "/api/v1/incidents/\(id)"
    if let logged = try await analysis.value(within: call.patience ?? patience) {
      return try Answer.json(LoggedDocument(logged), status: .created, location: location)
        .timed("analysis", ContinuousClock.now - start)
    }
    // Nobody waits for it any more: what goes wrong must be told to the log at least.
    Task {
      if case .failure(let error) = await analysis.result {
        call.logger.error("analysis failed", metadata: ["error": "\(error)", "incident": "\(id)"])
      }
    }
    return try Answer.json(
      AcceptedDocument(
        incident: id.description,
        added: added.map { EvidenceDocument($0) }
      ),
      status: .accepted,
      location: location
    )
  }

  /// Keeps the files as evidence from after the fix, and says what they prove.
  private func verify(_ call: Call) async throws -> Answer {
    try call.query.allow("name", "comparable", "author")
    let id = try call.incidentID()
    let author = try call.author(call.query["author"])
    let isComparable = try call.query.flag("comparable")
    let start = ContinuousClock.now
    let document = try await executor.run {
      try await casebook.verify(
        id,
        try UploadedFiles.captures(of: call),
        isComparable: isComparable,
        author: author
      )
    }
    return try Answer.json(document).timed("analysis", ContinuousClock.now - start)
  }
}

extension Task where Failure == any Error {
  /// The task's value if it comes in time; the task goes on otherwise.
  ///
  /// - Returns: nil when it does not come in time.
  /// - Throws: What the task throws in time.
  fileprivate func value(within time: Duration) async throws -> Success? {
    let (outcomes, outcome) = AsyncStream.makeStream(of: Result<Success, any Error>?.self)
    let timer = Task<Void, Never> {
      try? await Task<Never, Never>.sleep(for: time)
      outcome.yield(nil)
    }
    defer { timer.cancel() }
    Task<Void, Never> { outcome.yield(await result) }
    for await first in outcomes { return try first?.get() }
    return nil
  }
}

extension Call {
  /// How long the client would rather wait than be answered without a diagnosis, a minute at most.
  ///
  /// Shape: `wait=30` in a `Prefer` header; nil without one. Source: RFC 7240, section 4.3.
  fileprivate var patience: Duration? {
    let wait = (header(.prefer) ?? "").split(separator: ",")
      .first { $0.filter { $0 != " " }.hasPrefix("wait=") }
    return wait.flatMap { Int($0.filter { $0 != " " }.dropFirst(5)) }
      .map { .seconds(min(max($0, 0), 60)) }
  }

  /// The incident that the path names.
  ///
  /// - Throws: `Problem` when the text is no incident's number: there is none under it.
  func incidentID(in parameter: String = "id") throws(Problem) -> IncidentID {
    try Vocabulary.incident(parameters.get(parameter) ?? "")
  }
}
