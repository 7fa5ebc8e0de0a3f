import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore

/// Finding incidents by words; both answer with `leakbook.hits/1`.
struct SearchRoutes: Sendable {
  let casebook: Casebook
  let now: @Sendable () -> Instant

  var routes: [Route] {
    [
      .get("/api/v1/search") { try await search($0) },
      .get("/api/v1/similar") { try await similar($0) },
    ]
  }

  /// Finds by a query as it is typed on the command line, filters included.
  private func search(_ call: Call) async throws -> Answer {
    try call.query.allow("q", "limit")
    let query = try SearchQuery.parse(try call.query.required("q"), now: now())
    let hits = try await casebook.store.search(query, limit: try call.query.limit(orElse: 20))
    return try Answer.json(HitsDocument(hits))
  }

  /// Finds the like of a description.
  private func similar(_ call: Call) async throws -> Answer {
    try call.query.allow("text", "limit")
    let similar = try await casebook.similar(
      toText: try call.query.required("text"),
      limit: try call.query.limit(orElse: 5)
    )
    return try Answer.json(HitsDocument(similar))
  }
}
