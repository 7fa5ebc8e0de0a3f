import Foundation
import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakDiagnosis
import LeakModel
import LeakRules
import LeakStore

/// What those ask who watch over the server.
struct HealthRoutes: Sendable {
  let casebook: Casebook
  let metrics: Metrics
  let watch: StoreWatch

  static let livePath = "/healthz"

  var routes: [Route] {
    [
      .get(RouterPath(Self.livePath), .everyone) { call in
        try call.query.allow()
        return try Answer.json(State(status: "ok")).uncached
      },
      .get("/readyz", .everyone) { call in
        try call.query.allow()
        return try await readiness()
      },
      .get("/metrics", .token(.read)) { call in
        try call.query.allow()
        return await exposition()
      },
    ]
  }

  private struct State: Encodable {
    let status: String
  }

  /// Whether the server can do its work, part by part.
  private struct Readiness: Encodable {
    struct Part: Encodable {
      let name: String
      let ready: Bool
      /// What is wrong, without what only those who run the server may know.
      let reason: String?
    }

    let status: String
    let parts: [Part]

    init(_ parts: [Part]) {
      self.status = parts.allSatisfy(\.ready) ? "ready" : "not ready"
      self.parts = parts
    }
  }

  /// Looks at the store, by the cheapest read there is, and at the rules.
  private func readiness() async throws -> Answer {
    let readiness = Readiness([await databasePart(), diskPart, rulesPart])
    let isReady = readiness.status == "ready"
    return try Answer.json(readiness, status: isReady ? .ok : .serviceUnavailable).uncached
  }

  private func databasePart() async -> Readiness.Part {
    do {
      _ = try await casebook.store.token(withHash: nil)
      return Readiness.Part(name: "database", ready: true, reason: nil)
    } catch {
      return Readiness.Part(name: "database", ready: false, reason: Problem(error).detail)
    }
  }

  private var diskPart: Readiness.Part {
    let reason = watch.isSound ? nil : "the disk has failed: nothing is written before a restart"
    return Readiness.Part(name: "disk", ready: reason == nil, reason: reason)
  }

  private var rulesPart: Readiness.Part {
    let isEmpty = casebook.diagnoser.rulebook.playbooks.isEmpty
    return Readiness.Part(
      name: "rules",
      ready: !isEmpty,
      reason: isEmpty ? "there are no playbooks" : nil
    )
  }

  /// All metrics; those of the store are left out while it does not answer.
  private func exposition() async -> Answer {
    var text = Exposition()
    metrics.registry.write(to: &text)
    let statistics = try? await casebook.store.statistics()
    text.add(
      "leakbook_store_up",
      .gauge,
      "Whether the database answers.",
      statistics == nil ? 0 : 1
    )
    if let statistics {
      text.add(
        "leakbook_incidents",
        .gauge,
        "Incidents, by status.",
        IncidentStatus.allCases.map { status in
          ([("status", status.rawValue)], Double(statistics.incidents[status] ?? 0))
        }
      )
      text.add(
        "leakbook_store_bytes",
        .gauge,
        "Size of the database file.",
        Double(statistics.databaseBytes)
      )
    }
    let hasRules = !casebook.diagnoser.rulebook.playbooks.isEmpty
    text.add("model_up", .gauge, "Whether rules are loaded to diagnose with.", hasRules ? 1 : 0)
    ProcessMetrics.write(to: &text)
    return Answer.text(text.text, mediaType: Exposition.mediaType).uncached
  }
}
