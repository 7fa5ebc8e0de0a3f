import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore

/// Incidents that belong together.
struct LinkRoutes: Sendable {
  let incidents: IncidentRoutes

  var routes: [Route] {
    [
      .post("/api/v1/incidents/{id}/links", .token(.write), takes: .json) { try await link($0) },
      .delete("/api/v1/incidents/{id}/links/{target}", .token(.write)) { try await unlink($0) },
    ]
  }

  private struct LinkFields: RequestFields {
    enum Field: String, CodingKey, CaseIterable {
      case target
      case kind
      case author
    }

    let target: String
    let kind: String?
    let author: String?
  }

  /// Links the incident of the path to an earlier one; a duplicate is closed with it.
  private func link(_ call: Call) async throws -> Answer {
    try call.query.allow()
    let id = try call.incidentID()
    let fields = try call.fields(LinkFields.self)
    let target = try Vocabulary.incident(fields.target)
    let kind = try fields.kind.map { text throws(Problem) in
      try Vocabulary.word(text, of: IncidentLink.Kind.self, field: "kind")
    }
    try await incidents.casebook.link(
      id,
      to: target,
      as: kind ?? .duplicateOf,
      author: try call.author(fields.author)
    )
    return try await incidents.answer(for: id, status: .created)
  }

  /// Takes all links between two incidents away; a duplicate is then what it was before.
  private func unlink(_ call: Call) async throws -> Answer {
    try call.query.allow("author")
    let id = try call.incidentID()
    let target = try call.incidentID(in: "target")
    let author = try call.author(call.query["author"])
    try await incidents.casebook.unlink(id, from: target, author: author)
    return try await incidents.answer(for: id)
  }
}
