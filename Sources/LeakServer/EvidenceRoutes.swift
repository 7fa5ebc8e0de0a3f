import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore

/// Captures on their way to an incident.
struct EvidenceRoutes: Sendable {
  let casebook: Casebook
  let executor: AnalysisExecutor
  let metrics: Metrics

  var routes: [Route] {
    [.post("/api/v1/incidents/{id}/evidence", takes: .upload) { try await attach($0) }]
  }

  /// Keeps the files and diagnoses all that the incident has.
  private func attach(_ call: Call) async throws -> Answer {
    try call.query.allow("name", "author")
    let id = try call.incidentID()
    let author = call.query["author"] ?? Call.defaultAuthor
    // Before the files are hashed: an incident that is not there needs none of it.
    _ = try await casebook.store.incident(id)
    let start = ContinuousClock.now
    let logged = try await executor.run {
      try await casebook.attach(try UploadedFiles.captures(of: call), to: id, author: author)
    }
    metrics.count(
      logged.added.isEmpty ? nil : logged.diagnosis,
      took: ContinuousClock.now - start
    )
    return try Answer.json(
      LoggedDocument(logged),
      status: .created,
      location: "/api/v1/incidents/\(id)"
    )
  }
}

extension Call {
  /// Who a change is by when the request does not say.
  static let defaultAuthor = "api"

  /// The incident that the path names.
  ///
  /// - Throws: `Problem` when the text is no incident's number: there is none under it.
  func incidentID() throws(Problem) -> IncidentID {
    let text = parameters.get("id") ?? ""
    guard let id = IncidentID(text) else {
      throw Problem(.noSuchIncident, "there is no incident \"\(text)\": they are named as INC-12")
    }
    return id
  }
}
