import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore

/// Finding incidents by words and by captures; all answer with `leakbook.hits/1`.
struct SearchRoutes: Sendable {
  let casebook: Casebook
  let executor: AnalysisExecutor
  let now: @Sendable () -> Instant

  var routes: [Route] {
    [
      .get("/api/v1/search", .token(.read)) { try await search($0) },
      .get("/api/v1/similar", .token(.read)) { try await similar($0) },
      .post("/api/v1/similar", .token(.read), takes: .upload) { try await similarToCaptures($0) },
    ]
  }

  /// Finds by a query as it is typed on the command line, filters included.
  private func search(_ call: Call) async throws -> Answer {
    try call.query.allow("q", "limit", "fields", "facets")
    let query = try SearchQuery.parse(try call.query.required("q", most: 1_000), now: now())
    let hits = try await casebook.store.search(query, limit: try call.query.limit(orElse: 20))
    let facets =
      try call.query.flag("facets") ? try await casebook.store.facets(of: query) : nil
    return try call.hits(HitsDocument(hits, facets: facets))
  }

  /// Finds the like of a description.
  private func similar(_ call: Call) async throws -> Answer {
    try call.query.allow("text", "limit", "fields")
    let similar = try await casebook.similar(
      toText: try call.query.required("text", most: 1_000),
      limit: try call.query.limit(orElse: 5)
    )
    return try call.hits(similar)
  }

  /// Finds the like of captures, and of what is told of them; nothing is kept.
  private func similarToCaptures(_ call: Call) async throws -> Answer {
    let query = call.query
    try query.allow("name", "text", "except", "limit", "fields")
    let text = try query["text"].map { _ throws(Problem) in try query.required("text", most: 1_000)
    }
    let except = try query["except"].map { text throws(Problem) in
      try Vocabulary.incident(text)
    }
    let limit = try query.limit(orElse: 5)
    let similar = try await executor.run {
      try await casebook.similar(
        to: try UploadedFiles.captures(of: call),
        toldAs: text ?? "",
        except: except,
        limit: limit
      )
    }
    return try call.hits(similar)
  }
}

extension Call {
  /// Answers with what a search found, in the form that the client likes best.
  func hits(_ document: HitsDocument, more: [String] = []) throws -> Answer {
    try list(
      document.hits,
      columns: ["incident", "score", "cause", "title", "case", "why"] + more,
      in: (document, "hits")
    )
  }

  /// Answers with the incidents that are alike, which tell what is not the same and what helped.
  func hits(_ similar: SimilarIncidents) throws -> Answer {
    try hits(HitsDocument(similar), more: ["differences", "repair"])
  }
}
