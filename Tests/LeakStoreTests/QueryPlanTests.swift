import GRDB
import LeakModel
import Synchronization
import Testing

@testable import LeakStore

/// What the engine does for each verb that reads or changes a table that grows.
struct QueryPlanTests {
  private static let id = IncidentID(number: 1)
  private static let cursor = Cursor(time: 1, number: 1)
  private static let words = [SearchTerm(text: "api", kind: .words)]
  private static let event = TimelineEvent(at: .night(minute: 0), author: "mia", kind: .edited)

  /// The rows of these are read one by one only where a verb is for all of them.
  private static let largeTables = [
    "incident", "event", "capture", "evidence", "verdict", "profileSummary", "snapshotBlock",
    "frame", "idempotency", "link", "repair", "verification", "identity", "delivery", "outbox",
    "alert", "alertGroup", "word", "wordBlock", "wordList", "likeness", "trait", "traitPlace",
  ]

  /// A verb, and the index its comment names.
  struct Verb: Sendable, CustomTestStringConvertible {
    let name: String
    let index: String
    let run: @Sendable (Store) async throws -> Void

    var testDescription: String { name }
  }

  static let verbs: [Verb] = [
    Verb(name: "claim", index: "deliveryByTime (at<?)") { store in
      _ = try await store.claim(["k"], at: .night(minute: 1), forgetting: .night(minute: 0))
    },
    Verb(name: "dueMessages", index: "outboxByNextAttempt (nextAttemptAt<?)") { store in
      _ = try await store.dueMessages(at: .night(minute: 0))
    },
    Verb(name: "take, of old alerts", index: "alertByTime (lastSeen<?)") { store in
      _ = try await store.take([.sample()], at: .night(minute: 0))
    },
    Verb(name: "take, of ended alerts", index: "alertByIncident (incident=? AND isFiring=?)") {
      _ = try await $0.take([.sample()], at: .night(minute: 0))
      _ = try await $0.take([.sample(isFiring: false)], at: .night(minute: 1))
    },
    Verb(name: "take, of a storm", index: "alertGroupByTime (openedAt>?)") { store in
      _ = try await store.take([.sample()], at: .night(minute: 0))
    },
    Verb(name: "unreadNews", index: "INTEGER PRIMARY KEY (rowid>?)") { store in
      try await store.followNews()
      _ = try await store.unreadNews()
    },
    Verb(name: "incidents", index: "incidentByTime") { store in
      _ = try await store.incidents()
    },
    Verb(name: "incidents after", index: "incidentByTime (openedAt<?)") { store in
      _ = try await store.incidents(after: cursor)
    },
    Verb(name: "incidents of a service", index: "incidentByServiceAndTime (service=?)") { store in
      _ = try await store.incidents(IncidentFilter(service: "api"))
    },
    Verb(
      name: "incidents of a service after",
      index: "incidentByServiceAndTime (service=? AND openedAt<?)"
    ) { store in
      _ = try await store.incidents(IncidentFilter(service: "api"), after: cursor)
    },
    Verb(name: "incidents in a status", index: "incidentByStatusAndTime (status=?)") { store in
      _ = try await store.incidents(IncidentFilter(status: .open))
    },
    Verb(name: "incidents of a time", index: "incidentByTime (openedAt>? AND openedAt<?)") {
      _ = try await $0.incidents(IncidentFilter(since: .night(minute: 0), until: .night(minute: 1)))
    },
    Verb(name: "incidents with a cause", index: "verdictByIncident (incident=?)") { store in
      _ = try await store.incidents(IncidentFilter(cause: .timerLeak))
    },
    Verb(name: "incident", index: "INTEGER PRIMARY KEY (rowid=?)") { store in
      _ = try? await store.incident(id)
    },
    Verb(name: "importedCases", index: "incidentByImportedCase") { store in
      _ = try await store.importedCases()
    },
    Verb(name: "evidence", index: "sqlite_autoindex_evidence_1 (incident=?)") { store in
      _ = try await store.evidence(of: id)
    },
    Verb(
      name: "describe",
      index: "sqlite_autoindex_evidence_1 (incident=? AND sha256=?)"
    ) { store in
      try await store.describe([.init(sha256: "", format: "f", capturedAt: nil)], of: id)
    },
    Verb(name: "bytes", index: "sqlite_autoindex_capture_1 (sha256=?)") { store in
      _ = try await store.bytes(of: "")
    },
    Verb(name: "timeline", index: "eventByIncidentAndTime (incident=?)") { store in
      _ = try await store.timeline(of: id)
    },
    Verb(name: "verdicts", index: "verdictByIncident (incident=?)") { store in
      _ = try await store.verdicts(of: id)
    },
    Verb(name: "links", index: "linkByTarget (target=?)") { store in
      _ = try await store.links(of: id)
    },
    Verb(name: "links of an incident", index: "sqlite_autoindex_link_1 (incident=?)") { store in
      _ = try await store.links(of: id)
    },
    Verb(name: "repairs", index: "repairByIncident (incident=?)") { store in
      _ = try await store.repairs(of: id)
    },
    Verb(name: "verifications", index: "verificationByIncident (incident=?)") { store in
      _ = try await store.verifications(of: id)
    },
    Verb(name: "incident known by", index: "sqlite_autoindex_identity_1 (uid=?)") { store in
      _ = try await store.incident(knownBy: "")
    },
    Verb(name: "keep in a round", index: "eventByIncidentAndTime (incident=?)") { store in
      try await store.keep([.sample()], for: id, author: "kai")
    },
    Verb(name: "profileSummary", index: "PRIMARY KEY (sha256=?)") { store in
      _ = try await store.profileSummary(of: "")
    },
    Verb(
      name: "snapshots",
      index: "sqlite_autoindex_snapshotBlock_1 (service=? AND step=? AND start>? AND start<?)"
    ) {
      _ = try await $0.snapshots(service: "api")
    },
    Verb(
      name: "rolledUp",
      index: "sqlite_autoindex_snapshotBlock_1 (service=? AND step=? AND start>? AND start<?)"
    ) {
      _ = try await $0.rolledUp(.max, by: .hour, service: "api")
    },
    Verb(name: "prune", index: "snapshotBlockByAge (step=? AND start<?)") {
      _ = try await $0.prune(.standard, now: .night(minute: 0))
    },
    Verb(name: "outlived", index: "COVERING INDEX snapshotBlockByAge (step=? AND start<?)") {
      _ = try await $0.outlived(.standard, now: .night(minute: 0))
    },
    Verb(
      name: "append",
      index: "sqlite_autoindex_snapshotBlock_1 (service=? AND step=? AND start=? AND instance=?)"
    ) { store in
      var series = SnapshotSeries()
      series.append(at: 1, [.vmRSS: 1])
      try await store.append(series, service: "api", instance: "a")
    },
    Verb(name: "likenesses", index: "INTEGER PRIMARY KEY (rowid=?)") { store in
      _ = try await store.likenesses(of: [id])
    },
    Verb(name: "setLikeness", index: "traitPlaceByIncident (incident=?)") { store in
      try await store.setLikeness(.init(version: 1, features: "", traits: ["t"]), of: id)
    },
    Verb(name: "incidents with traits", index: "PRIMARY KEY (trait=?)") {
      _ = try await $0.incidents(withTraits: ["t"], each: 1, limit: 1)
    },
    Verb(name: "traitCounts", index: "sqlite_autoindex_trait_1 (text=?)") {
      _ = try await $0.traitCounts(["t"])
    },
    Verb(name: "incidents settled as", index: "incidentByCause (cause=?)") {
      _ = try await $0.incidents(settledAs: .timerLeak, limit: 1)
    },
    Verb(name: "wordMatches", index: "INTEGER PRIMARY KEY (rowid>? AND rowid<?)") {
      _ = try await $0.wordMatches(["api"])
    },
    Verb(name: "wordRarity", index: "sqlite_autoindex_word_1 (text=?)") {
      _ = try await $0.wordRarity(["api"])
    },
    Verb(name: "recall", index: "PRIMARY KEY (key=?)") { _ = try await $0.recall("k") },
    Verb(name: "forgetResponses", index: "idempotencyByTime (at<?)") { store in
      try await store.forgetResponses(before: .night(minute: 0))
    },
    Verb(name: "facets", index: "verdictByIncident (incident=?)") { store in
      _ = try await store.facets(of: SearchQuery(terms: words))
    },
    Verb(name: "search", index: "wordBlock USING INTEGER PRIMARY KEY (rowid=?)") { store in
      _ = try await store.search(SearchQuery(terms: words))
    },
    Verb(name: "search of a time", index: "incidentByTime (openedAt>?)") { store in
      let filter = IncidentFilter(since: .night(minute: 0))
      _ = try await store.search(SearchQuery(terms: words, filter: filter))
    },
    Verb(name: "incidents with a frame", index: "SEARCH frame USING PRIMARY KEY (incident=?)") {
      try await $0.setFrames(["main.work"], of: id)
      _ = try await $0.incidents(IncidentFilter(frame: "main"))
    },
    Verb(name: "incidents with a label", index: "SEARCH incident USING INTEGER PRIMARY KEY") {
      _ = try await $0.incidents(IncidentFilter(labels: ["go": "1.22"]))
    },
    Verb(name: "statistics", index: "COVERING INDEX incidentByStatusAndTime") { store in
      _ = try await store.statistics()
    },
    Verb(name: "statistics of captures", index: "COVERING INDEX captureBySize") { store in
      _ = try await store.statistics()
    },
    Verb(name: "update", index: "INTEGER PRIMARY KEY (rowid=?)") { store in
      try await store.update(id, event: event) { $0.title = "other" }
    },
  ]

  @Test(arguments: verbs) func `a verb uses its index and scans no table`(verb: Verb) async throws {
    let store = try Store.inMemory()
    try await store.insert(.sample())
    let plan = try await plan(of: verb, in: store)
    #expect(plan.contains { $0.contains(verb.index) }, "\(plan)")
    let scans = plan.filter { step in
      Self.largeTables.contains { step == "SCAN \($0)" }
    }
    #expect(scans == [])
  }

  /// The steps of every statement that a verb runs.
  private func plan(of verb: Verb, in store: Store) async throws -> [String] {
    let log = StatementLog()
    try await store.writer.writeWithoutTransaction { db in
      db.trace { event in
        if case .statement(let statement) = event { log.add(statement.expandedSQL) }
      }
    }
    try await verb.run(store)
    return try await store.writer.writeWithoutTransaction { db in
      db.trace(options: [])
      return try log.queries.flatMap { sql in
        try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)")
          .map { $0["detail"] as String }
      }
    }
  }
}

/// The statements that a connection ran.
private final class StatementLog: Sendable {
  private let statements = Mutex<[String]>([])

  func add(_ sql: String) {
    statements.withLock { $0.append(sql) }
  }

  /// The statements that have a plan.
  var queries: [String] {
    let verbs = ["SELECT", "WITH", "UPDATE", "DELETE", "INSERT"]
    return statements.withLock { $0 }.filter { sql in verbs.contains { sql.hasPrefix($0) } }
  }
}
