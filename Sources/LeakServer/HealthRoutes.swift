import Foundation
import Hummingbird
import LeakModel
import LeakStore

/// What those ask who watch over the server.
struct HealthRoutes: Sendable {
  let store: Store
  let metrics: Metrics

  var routes: [Route] {
    [
      .get("/healthz") { _ in try Answer.json(State(status: "ok")) },
      .get("/readyz") { _ in try await ready() },
      .get("/metrics") { _ in await exposition() },
    ]
  }

  private struct State: Encodable {
    let status: String
  }

  /// Whether the store answers, to the cheapest read there is, and may still be written to.
  private func ready() async throws -> Answer {
    if let fault = store.writingFault { throw fault }
    _ = try await store.incidents(limit: 1)
    return try Answer.json(State(status: "ready"))
  }

  /// All metrics; those of the store are left out while it does not answer.
  private func exposition() async -> Answer {
    var text = Exposition()
    let snapshot = metrics.snapshot
    text.add(
      "leakbook_http_requests_total",
      .counter,
      "Requests answered.",
      snapshot.requests.map { kind, count in
        (
          [("route", kind.route), ("method", kind.method), ("status", kind.statusClass)],
          Double(count)
        )
      }
    )
    text.add(
      "leakbook_http_request_duration_seconds",
      "Time from the head of a request to its answer.",
      snapshot.requestTimes.sorted { $0.key < $1.key }.map { ([("route", $0.key)], $0.value) }
    )
    text.add(
      "leakbook_diagnoses_total",
      .counter,
      "Diagnoses made, by the cause that came first.",
      snapshot.diagnoses.map { ([("cause", $0.key.rawValue)], Double($0.value)) }
    )
    text.add(
      "leakbook_analysis_duration_seconds",
      "Time to parse captures and to diagnose them.",
      [([], snapshot.analysisTimes)]
    )
    let statistics = try? await store.statistics()
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
    text.add("model_up", .gauge, "Whether the rules are loaded: always, while this answers.", 1)
    if let memory = Self.residentMemory {
      text.add("process_resident_memory_bytes", .gauge, "Resident memory size in bytes.", memory)
    }
    return .text(text.text, mediaType: Exposition.mediaType)
  }

  /// The second number of `/proc/self/statm`, in pages (proc_pid_statm(5)); nil without procfs.
  private static var residentMemory: Double? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return nil
    }
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return Double(pages * sysconf(Int32(_SC_PAGESIZE)))
  }
}
