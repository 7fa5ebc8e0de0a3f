import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore

/// Incidents: listing, opening, reading, and their life.
struct IncidentRoutes: Sendable {
  let casebook: Casebook
  let executor: AnalysisExecutor
  let now: @Sendable () -> Instant

  var routes: [Route] {
    [
      .get("/api/v1/incidents", .token(.read)) { try await list($0) },
      .post("/api/v1/incidents", .token(.write), takes: .json) { try await open($0) },
      .get("/api/v1/incidents/{id}", .token(.read)) { try await show($0) },
      .patch("/api/v1/incidents/{id}", .token(.write)) { try await change($0) },
      .get("/api/v1/incidents/{id}/similar", .token(.read)) { try await similar($0) },
      .post("/api/v1/incidents/{id}/notes", .token(.write), takes: .json) { try await note($0) },
    ]
  }

  /// Page by page, the newest first unless asked otherwise.
  private func list(_ call: Call) async throws -> Answer {
    let query = call.query
    try query.allow(
      "service",
      "cause",
      "status",
      "severity",
      "since",
      "until",
      "label",
      "frame",
      "sort",
      "limit",
      "after",
      "fields"
    )
    let filter = IncidentFilter(
      service: query["service"],
      cause: try query.word("cause", of: Cause.self),
      status: try query.word("status", of: IncidentStatus.self),
      severity: try query.word("severity", of: Severity.self),
      since: try query.time("since"),
      until: try query.time("until"),
      labels: try query.label(),
      frame: query["frame"]
    )
    let order = try query.order()
    let page = try await casebook.store.incidents(
      filter,
      order: order,
      limit: try query.limit(orElse: 50),
      after: try query.cursor(in: order)
    )
    return try call.list(
      page.items.map { IncidentSummary($0) },
      columns: IncidentSummary.fieldNames,
      next: page.next?.description
    )
  }

  private struct NewFields: RequestFields {
    enum Field: String, CodingKey, CaseIterable {
      case title
      case service
      case severity
      case story
      case at
      case labels
      case cause
      case fix
      case author
    }

    let title: String
    let service: String
    let severity: String?
    let story: String?
    let at: String?
    let labels: [String: String]?
    let cause: String?
    let fix: String?
    let author: String?
  }

  /// Opens an incident; one that comes with cause and fix is resolved at once.
  private func open(_ call: Call) async throws -> Answer {
    try call.query.allow()
    let fields = try call.fields(NewFields.self)
    let present = now()
    var new = NewIncident(
      title: try Vocabulary.filled(fields.title, field: "title"),
      service: try Vocabulary.filled(fields.service, field: "service"),
      severity: try fields.severity.map { text throws(Problem) in
        try Vocabulary.word(text, of: Severity.self, field: "severity")
      } ?? .p2,
      isSeverityGiven: fields.severity != nil,
      story: fields.story ?? "",
      openedAt: try fields.at.map { text throws(Problem) in
        try Vocabulary.time(text, field: "at")
      } ?? present,
      loggedAt: present,
      author: try call.author(fields.author),
      labels: fields.labels ?? [:]
    )
    if let repair = try Repair(cause: fields.cause, fix: fields.fix) {
      new.status = repair.cause == .healthy ? .notALeak : .resolved
      new.cause = repair.cause
      new.fix = repair.fix
    }
    let incident = new
    let logged = try await executor.run { try await casebook.log(incident, files: []) }
    return try Answer.json(
      LoggedDocument(logged),
      status: .created,
      location: "/api/v1/incidents/\(logged.incident.id)"
    )
  }

  private func show(_ call: Call) async throws -> Answer {
    try call.query.allow("fields")
    let fields = try call.fields(of: IncidentDocument.fieldNames)
    return try await answer(for: try call.incidentID(), fields: fields)
  }

  /// The incident whole, as `show` and every change answer, under the tag of its revision.
  func answer(
    for id: IncidentID,
    fields: [String]? = nil,
    status: HTTPResponse.Status = .ok
  ) async throws -> Answer {
    let state = try await casebook.store.state(of: id)
    let json = try IncidentDocument.json(of: state)
    var answer =
      if let fields {
        try Answer.json(JSONValue(bytes: json.utf8).picking(fields), status: status)
      } else {
        Answer(status: status, headers: [.contentType: "application/json"], body: json + "\n")
      }
    answer.headers[.eTag] = RevisionTag(state.revision).text
    return answer
  }

  private func similar(_ call: Call) async throws -> Answer {
    try call.query.allow("limit", "fields")
    let id = try call.incidentID()
    let limit = try call.query.limit(orElse: 5)
    return try call.hits(
      try await executor.run { try await casebook.similar(to: id, limit: limit) }
    )
  }
}

/// What settles an incident: a cause and the fix for it, both or neither.
struct Repair: Equatable {
  let cause: Cause
  let fix: String

  /// Reads both; nil when neither is there.
  ///
  /// - Parameters:
  ///   - cause: The cause's id.
  ///   - fix: What repaired it.
  ///   - allowsUnknown: Whether the cause may be one that no playbook describes.
  /// - Throws: `Problem` for one without the other, and for a cause that explains nothing.
  init?(cause: String?, fix: String?, allowsUnknown: Bool = false) throws(Problem) {
    switch (cause, fix) {
    case (nil, nil): return nil
    case (let cause?, let fix?):
      self.cause = try Vocabulary.word(cause, of: Cause.self, field: "cause")
      self.fix = try Vocabulary.filled(fix, field: "fix")
      guard allowsUnknown || self.cause != .unknown else {
        throw Problem(.badRequest, "\"unknown\" is no cause to settle on")
      }
    case (_?, nil): throw Problem(.badRequest, "\"cause\" needs a \"fix\" beside it")
    case (nil, _?): throw Problem(.badRequest, "\"fix\" needs a \"cause\" beside it")
    }
  }
}
