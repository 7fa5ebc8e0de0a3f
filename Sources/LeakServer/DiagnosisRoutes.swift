import Hummingbird
import LeakDiagnosis
import LeakModel

/// Diagnosis of what is sent, with nothing kept.
struct DiagnosisRoutes: Sendable {
  let diagnoser: Diagnoser
  let executor: AnalysisExecutor
  let metrics: Metrics

  var routes: [Route] {
    [.post("/api/v1/diagnose", .token(.read), takes: .upload) { try await diagnose($0) }]
  }

  /// Answers with `leakbook.diagnosis/1`.
  private func diagnose(_ call: Call) async throws -> Answer {
    try call.query.allow("name", "limit_bytes")
    let limit = try call.query.bytes("limit_bytes")
    let start = ContinuousClock.now
    let diagnosis = try await executor.run {
      try diagnoser.diagnose(try UploadedFiles.capturesOrJSON(of: call), limit: limit)
    }
    let time = ContinuousClock.now - start
    metrics.count(diagnosis, took: time)
    return try Answer.json(diagnosis).timed("analysis", time)
  }
}
