import Hummingbird
import LeakCasebook
import LeakModel

extension IncidentRoutes {
  private struct ChangeFields: RequestFields {
    enum Field: String, CodingKey, CaseIterable {
      case title
      case severity
      case story
      case labels
      case status
      case cause
      case fix
      case commit
      case note
      case author
    }

    let title: String?
    let severity: String?
    let story: String?
    /// Set one by one; null takes a label away (RFC 7396).
    let labels: [String: String?]?
    let status: String?
    let cause: String?
    let fix: String?
    let commit: String?
    /// How it was mitigated, or why it is reopened.
    let note: String?
    let author: String?
  }

  /// A step in an incident's life that a request can ask for.
  private enum Step {
    case mitigate(how: String)
    case resolve(Repair, commit: String?)
    case reopen(why: String)

    /// Reads the step; nil when the request asks for none.
    ///
    /// - Throws: `Problem` for a status that no request sets, and for fields of another step.
    init?(_ fields: ChangeFields) throws(Problem) {
      let repair = try Repair(cause: fields.cause, fix: fields.fix, allowsUnknown: true)
      if fields.status != "resolved", repair != nil || fields.commit != nil {
        throw Problem(
          .badRequest,
          "\"cause\", \"fix\" and \"commit\" go with \"status\": \"resolved\""
        )
      }
      switch fields.status {
      case nil:
        guard fields.note == nil else {
          throw Problem(.badRequest, "\"note\" goes with a \"status\"; post it to …/notes alone")
        }
        return nil
      case "mitigated": self = .mitigate(how: fields.note ?? "")
      case "reopened": self = .reopen(why: fields.note ?? "")
      case "resolved":
        guard let repair else {
          throw Problem(.badRequest, "\"resolved\" needs a \"cause\" and a \"fix\"")
        }
        self = .resolve(repair, commit: fields.commit)
      case let status?:
        throw Problem(
          .badRequest,
          "\"status\" is one of mitigated, resolved, reopened, not \"\(status)\""
        )
      }
    }
  }

  /// Reads the fields of an incident that may be set at any time.
  private static func edit(_ fields: ChangeFields) throws(Problem) -> IncidentEdit {
    IncidentEdit(
      title: try fields.title.map { text throws(Problem) in
        try Vocabulary.filled(text, field: "title")
      },
      severity: try fields.severity.map { text throws(Problem) in
        try Vocabulary.word(text, of: Severity.self, field: "severity")
      },
      story: fields.story,
      labels: fields.labels
    )
  }

  /// Changes what the fields say and leaves the rest.
  func change(_ call: Call) async throws -> Answer {
    try call.query.allow()
    let id = try call.incidentID()
    let fields = try call.fields(ChangeFields.self)
    let author = try call.author(fields.author)
    let edit = try Self.edit(fields)
    let step = try Step(fields)
    guard step != nil || !edit.isEmpty else {
      throw Problem(.badRequest, "there is nothing to change")
    }
    let guarded = call.guarded(casebook)
    // The step first: only it can be refused, and then nothing has been changed.
    if let step { try await take(step, on: id, author: author, in: guarded) }
    if !edit.isEmpty {
      // After a step of ours the revision is another one, and rightly so.
      let editing = step == nil ? guarded : casebook
      try await editing.edit(id, edit, author: author)
    }
    return try await answer(for: id)
  }

  private func take(
    _ step: Step,
    on id: IncidentID,
    author: String,
    in casebook: Casebook
  ) async throws {
    switch step {
    case .mitigate(let how):
      try await casebook.mitigate(id, how: how, author: author)
    case .resolve(let repair, let commit):
      try await casebook.resolve(
        id,
        cause: repair.cause,
        fix: repair.fix,
        commit: commit,
        author: author
      )
    case .reopen(let why):
      try await casebook.reopen(id, why: why, author: author)
    }
  }

  private struct NoteFields: RequestFields {
    enum Field: String, CodingKey, CaseIterable {
      case text
      case author
    }

    let text: String
    let author: String?
  }

  /// Adds a remark to the timeline.
  func note(_ call: Call) async throws -> Answer {
    try call.query.allow()
    let id = try call.incidentID()
    let fields = try call.fields(NoteFields.self)
    try await casebook.note(
      try Vocabulary.filled(fields.text, field: "text"),
      on: id,
      author: try call.author(fields.author)
    )
    return try await answer(for: id, status: .created)
  }
}
