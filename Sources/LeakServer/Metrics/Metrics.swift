import CoreMetrics
import LeakModel

/// What the server counts about itself since it started.
final class Metrics: Sendable {
  /// Requests that are counted together.
  struct RequestKind: Hashable {
    /// The path with names for its variable parts: `/api/v1/incidents/{id}`.
    let route: String
    let method: String
    /// The first digit of the status: `2xx`, `4xx`.
    let statusClass: String
  }

  private static let requests = "leakbook_http_requests_total"
  private static let requestTime = "leakbook_http_request_duration_seconds"
  private static let diagnoses = "leakbook_diagnoses_total"
  private static let analysisTime = "leakbook_analysis_duration_seconds"

  let registry = MetricsRegistry(help: [
    requests: "Requests answered.",
    requestTime: "Time from the head of a request to its answer.",
    diagnoses: "Diagnoses made, by the cause that came first.",
    analysisTime: "Time to parse captures and to diagnose them.",
  ])

  func count(_ kind: RequestKind, took time: Duration) {
    Counter(
      label: Self.requests,
      dimensions: [("route", kind.route), ("method", kind.method), ("status", kind.statusClass)],
      factory: registry
    ).increment()
    Timer(label: Self.requestTime, dimensions: [("route", kind.route)], factory: registry)
      .recordSeconds(time / .seconds(1))
  }

  /// Counts a diagnosis by its first verdict; nil when nothing was recognised.
  func count(_ diagnosis: Diagnosis?, took time: Duration) {
    if let cause = diagnosis?.verdicts.first?.cause {
      Counter(
        label: Self.diagnoses,
        dimensions: [("cause", cause.rawValue)],
        factory: registry
      ).increment()
    }
    Timer(label: Self.analysisTime, factory: registry).recordSeconds(time / .seconds(1))
  }
}
