import HTTPTypes
import Hummingbird
import LeakChat
import LeakModel
import LeakStore

/// What other programs tell by themselves.
struct HookRoutes: Sendable {
  let store: Store
  let settings: ChatSettings
  let now: @Sendable () -> Instant

  var routes: [Route] {
    [.post("/api/v1/hooks/alertmanager", .token(.ingest), takes: .json) { try await take($0) }]
  }

  private struct Result: Encodable {
    struct Item: Encodable {
      let id: String
      let change: String
    }

    let received: Int
    let incidents: [Item]
  }

  /// Takes in a group of alerts.
  ///
  /// Alertmanager repeats what is answered 5xx and drops what is answered 4xx: a base that is busy
  /// is 503, and only what can never be read is 400.
  private func take(_ call: Call) async throws -> Answer {
    try checkSignature(of: call)
    let json: JSONValue
    do {
      json = try JSONValue(bytes: call.body.readableBytesView)
    } catch {
      throw Problem(.badRequest, "the body is not JSON")
    }
    let payload = try AlertPayload(json)
    let outcomes = try await store.take(payload.reports(now: now()), at: now())
    guard !outcomes.contains(.deferred) else {
      throw Problem(
        .busy,
        "alerts have opened \(Store.alertIncidentsPerMinute) incidents within a minute; "
          + "what is left of this group is welcome later"
      )
    }
    return try Answer.json(
      Result(
        received: payload.alerts.count,
        incidents: outcomes.compactMap { outcome in
          outcome.incident.map { Result.Item(id: $0.description, change: outcome.word) }
        }
      )
    )
  }

  /// Checks Grafana's signature where a secret is set; Alertmanager has none to offer.
  private func checkSignature(of call: Call) throws(Problem) {
    guard let signature = call.header(.grafanaSignature), !settings.grafanaSecrets.isEmpty else {
      return
    }
    let isValid = GrafanaSignature.isValid(
      signature,
      timestamp: call.header(.grafanaTimestamp),
      body: call.bytes,
      secrets: settings.grafanaSecrets
    )
    guard isValid else {
      throw Problem(.badSignature, "the signature is not Grafana's: check LEAKBOOK_GRAFANA_SECRET")
    }
  }
}

extension AlertOutcome {
  /// The outcome in one word, for the answer.
  fileprivate var word: String {
    switch self {
    case .opened: "opened"
    case .reopened: "reopened"
    case .joined: "joined"
    case .mitigated: "mitigated"
    case .unchanged: "unchanged"
    case .deferred: "deferred"
    }
  }
}
