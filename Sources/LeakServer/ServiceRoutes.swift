import Foundation
import Hummingbird
import LeakAnalysis
import LeakCasebook
import LeakModel
import LeakStore

/// The services that incidents or snapshots were reported for.
struct ServiceRoutes: Sendable {
  let store: Store

  var routes: [Route] {
    [
      .get("/api/v1/services", .token(.read)) { try await list($0) },
      .get("/api/v1/services/{name}", .token(.read)) { try await show($0) },
      .get("/api/v1/services/{name}/series", .token(.read)) { try await series($0) },
      .get("/api/v1/services/{name}/forecast", .token(.read), takes: .pages) {
        try await forecast($0)
      },
    ]
  }

  private func list(_ call: Call) async throws -> Answer {
    try call.query.allow("fields")
    let services = try await store.services().map { ServiceDocument($0) }
    return try call.list(services, columns: ServiceDocument.fieldNames)
  }

  private func show(_ call: Call) async throws -> Answer {
    try call.query.allow()
    return try Answer.json(ServiceDocument(try await service(of: call)))
  }

  private static let mostSamples = 10_000

  /// The snapshots of a service, each as a line of a samples file.
  private func series(_ call: Call) async throws -> Answer {
    let query = call.query
    try query.allow("instance", "since", "until", "limit", "after", "fields")
    let service = try await service(of: call)
    let cursor = try query["after"].map { text throws(Problem) in
      guard let cursor = SampleCursor(text) else {
        throw Problem(.badRequest, "parameter \"after\" is the \"next\" of an earlier page")
      }
      return cursor
    }
    let range = SampleRange(
      service: service.name,
      instance: query["instance"],
      since: try query.time("since"),
      until: try query.time("until")
    )
    let limit = try query.limit(orElse: 1_000, most: Self.mostSamples)
    let page = try await SamplePage(range, after: cursor, limit: limit, in: store)
    return try call.list(
      slices: page.slices(logger: call.logger),
      columns: SampleDocument.fieldNames,
      next: page.next?.description,
      state: page.fingerprint
    )
  }

  /// What becomes of the memory of a service, one forecast a process.
  private func forecast(_ call: Call) async throws -> Answer {
    try call.query.allow("instance", "fields")
    let service = try await service(of: call)
    let instance = call.query["instance"]
    let processes = try await store.snapshots(service: service.name)
      .filter { instance == nil || $0.instance == instance }
    return try call.list(
      processes.compactMap { MemoryForecast($0, of: service) },
      columns: MemoryForecast.fieldNames
    )
  }

  /// The service that the path names.
  private func service(of call: Call) async throws -> Service {
    let name = (call.parameters.get("name") ?? "").removingPercentEncoding ?? ""
    guard let service = try await store.service(named: name) else {
      throw Problem(.noSuchService, "nothing was ever reported of a service \"\(name)\"")
    }
    return service
  }
}

extension MemoryForecast {
  /// The members of the contract, in the order in which CSV has them.
  fileprivate static let fieldNames = [
    "schema", "source", "series", "samples", "skipped", "from", "to", "verdict", "reason",
    "slope_per_hour", "slope_per_hour_95", "change_points", "limit_bytes", "time_to_limit_s",
    "limit_at", "headroom", "forecast",
  ]

  /// The forecast of one process; nil where its snapshots tell nothing of memory.
  ///
  /// The limit that the snapshots tell goes before what is known of the service.
  init?(_ process: InstanceSeries, of service: Service) {
    self.init(
      source: "\(service.name)/\(process.instance)",
      series: process.series,
      limit: process.series.containerLimit ?? service.limit.map { Double($0.count) }
    )
  }
}

/// A service as the server prints it.
private struct ServiceDocument: Encodable, Sendable {
  let name: String
  let limit: Int64?
  let firstSeen: String
  let lastSeen: String

  static let fieldNames = CodingKeys.allCases.map(\.rawValue)

  init(_ service: Service) {
    self.name = service.name
    self.limit = service.limit?.count
    self.firstSeen = service.firstSeen.description
    self.lastSeen = service.lastSeen.description
  }

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case name
    case limit = "limit_bytes"
    case firstSeen = "first_seen"
    case lastSeen = "last_seen"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(limit, forKey: .limit)
    try container.encode(firstSeen, forKey: .firstSeen)
    try container.encode(lastSeen, forKey: .lastSeen)
  }
}
