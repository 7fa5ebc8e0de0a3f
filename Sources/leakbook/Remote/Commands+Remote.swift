import Foundation
import LeakCasebook
import LeakModel
import LeakStore

extension ShowCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    try await server.send(.get(incident.remotePath))
  }
}

extension ListCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let query = try SearchQuery.parse(filters.joined(separator: " "), now: Environment.now())
    let filter = query.filter
    guard query.terms.isEmpty, filter.labels.count <= 1 else {
      throw Failure("a server lists by filters only, with one label at most", .usage)
    }
    let parameters: [(String, String?)] = [
      ("service", filter.service), ("cause", filter.cause?.rawValue),
      ("status", filter.status?.rawValue), ("severity", filter.severity?.rawValue),
      ("since", filter.since?.description), ("until", filter.until?.description),
      ("label", filter.labels.first.map { "\($0.key)=\($0.value)" }), ("frame", filter.frame),
      ("limit", String(limit)), ("after", after),
    ]
    return try await server.send(.get("/api/v1/incidents", parameters, asLines: list.jsonl))
  }
}

extension SearchCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    var parameters = [("q", query.joined(separator: " ")), ("limit", String(limit))]
    if countsFacets { parameters.append(("facets", "true")) }
    return try await server.send(.get("/api/v1/search", parameters, asLines: list.jsonl))
  }
}

extension SimilarCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let limit: (String, String?) = ("limit", String(limit))
    if subjects.count == 1, let id = IncidentID(subjects[0]) {
      return try await server.send(.get("\(id.remotePath)/similar", [limit], asLines: list.jsonl))
    }
    if subjects.isEmpty {
      return try await server.send(
        .get("/api/v1/similar", [("text", text), limit], asLines: list.jsonl)
      )
    }
    let files = try EvidenceInput.read(subjects).files
    let parameters = [("text", text), ("except", except), limit]
    return try await server.send(
      .form("/api/v1/similar", files, parameters, asLines: list.jsonl)
    )
  }
}

extension LogCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let (files, _) = try EvidenceInput.read(evidence)
    let told =
      story == EvidenceInput.standardInput ? try EvidenceInput.standardInputText() : story
    let opened = try await server.send(
      .json(
        "POST",
        "/api/v1/incidents",
        [
          "title": title, "service": service, "severity": severity?.rawValue, "story": told,
          "at": at?.instant.description, "cause": cause, "fix": fix, "author": author.name,
        ],
        labels: Dictionary(label.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
      )
    )
    guard !files.isEmpty else { return opened }
    let incident = try CanonicalJSON.read(IncidentName.self, from: opened).id
    return try await server.send(
      .form("/api/v1/incidents/\(incident)/evidence", files, [("author", author.name)])
    )
  }

  private struct IncidentName: Decodable {
    let id: String
  }
}

extension AttachCommand: RemoteDatabaseCommand {
  func run(on server: RemoteServer) async throws -> String {
    let (files, _) = try EvidenceInput.read(evidence)
    return try await server.send(
      .form("\(incident.remotePath)/evidence", files, [("author", author.name)])
    )
  }
}

extension IncidentID {
  /// The incident's path on a server.
  var remotePath: String { "/api/v1/incidents/\(self)" }
}
