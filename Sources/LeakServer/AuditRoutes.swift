import Hummingbird
import LeakCasebook
import LeakModel
import LeakStore

/// Who did what, for those who may know.
struct AuditRoutes: Sendable {
  let store: Store

  var routes: [Route] {
    [.get("/api/v1/audit", .token(.admin)) { try await list($0) }]
  }

  /// The newest entries first, page by page.
  private func list(_ call: Call) async throws -> Answer {
    try call.query.allow("limit", "after", "fields")
    let before = try call.query["after"].map { text throws(Problem) in
      guard let number = Int64(digits: text) else {
        throw Problem(.badRequest, "parameter \"after\" is the \"next\" of an earlier page")
      }
      return number
    }
    let limit = try call.query.limit(orElse: 50)
    let records = try await store.newestAuditRecords(before: before, limit: limit + 1)
    let next = records.count > limit ? records[limit - 1].number : nil
    return try call.list(
      records.prefix(limit).map { AuditDocument($0) },
      columns: ["number", "at", "actor", "action", "target", "result", "hash"],
      next: next.map { String($0, radix: 36) }
    )
  }
}
