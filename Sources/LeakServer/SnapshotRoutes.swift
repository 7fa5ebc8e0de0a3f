import Foundation
import GoFormats
import HTTPTypes
import Hummingbird
import LeakCasebook
import LeakChat
import LeakModel
import LeakStore

/// Snapshots of services on their way in.
struct SnapshotRoutes: Sendable {
  let store: Store

  var routes: [Route] {
    [.post("/api/v1/snapshots", .token(.ingest), takes: .json) { try await append($0) }]
  }

  /// What came of an upload of snapshots.
  private struct KeptDocument: Encodable {
    /// How many lines were kept.
    let snapshots: Int
    /// The services they are of, in the order of their names.
    let services: [String]
  }

  private struct Process: Hashable {
    let service: String
    let instance: String
  }

  /// Keeps snapshots: lines of JSON such as
  /// `{"service": "relay", "instance": "relay-7", "t": 1795230789.8, "HeapAlloc": 586568}`.
  ///
  /// Service and instance stand in the line, or in the query for lines without. All lines are kept
  /// or none; sending them again changes nothing.
  private func append(_ call: Call) async throws -> Answer {
    try call.query.allow("service", "instance")
    for name in ["service", "instance"] where call.query[name] != nil {
      _ = try call.query.required(name, most: 1_000)
    }
    guard
      ["application/x-ndjson", "application/jsonl", "application/json"].contains(call.mediaType)
    else {
      throw Problem(
        .unsupportedMediaType,
        "this path reads lines of JSON: send \"content-type: application/x-ndjson\""
      )
    }
    var lines: [Process: [UInt8]] = [:]
    var count = 0
    for (index, line) in call.bytes.split(separator: UInt8(ascii: "\n")).enumerated()
    where !line.allSatisfy(Self.isBlank) {
      let process = try process(of: line, number: index + 1, call)
      lines[process, default: []] += line + [UInt8(ascii: "\n")]
      count += 1
    }
    guard count > 0 else { throw Problem(.badRequest, "the body has no line") }
    let reports = try lines.map { process, text throws(Problem) in
      let series = SnapshotSeries.read(json: text).value
      guard !series.isEmpty else {
        throw Problem(.badRequest, "no line of \"\(process.service)\" has a number that is known")
      }
      let instance = InstanceSeries(instance: process.instance, series: series)
      return (service: process.service, of: instance)
    }
    try await store.append(reports)
    let services = Set(lines.keys.map(\.service)).sorted()
    return try Answer.json(KeptDocument(snapshots: count, services: services))
  }

  private func process(
    of line: ArraySlice<UInt8>,
    number: Int,
    _ call: Call
  ) throws(Problem) -> Process {
    guard JSONDepth.isAtMost(call.jsonDepth, in: line),
      let fields = try? JSONDecoder().decode([String: JSONValue].self, from: Data(line)),
      let t = fields["t"]?.number
    else {
      throw Problem(.badRequest, "line \(number) is not a JSON object with a number \"t\"")
    }
    for (name, value) in fields where Metric(rawValue: name) != nil && value.number == nil {
      throw Problem(.badRequest, "line \(number): \"\(name)\" is not a number")
    }
    let seconds = abs(t) >= 1e11 ? t / 1_000 : t
    guard Instant(seconds: seconds) != nil else {
      throw Problem(.badRequest, "line \(number): \"t\" lies outside the years 1970 to 9999")
    }
    guard let service = try Self.name("service", of: fields, number) ?? call.query["service"],
      service.contains(where: { !$0.isWhitespace })
    else { throw Problem(.badRequest, "line \(number) names no \"service\", nor does the query") }
    let instance = try Self.name("instance", of: fields, number) ?? call.query["instance"]
    return Process(
      service: service,
      instance: instance ?? "default"
    )
  }

  /// A text of a line; nil when the line does not have it.
  private static func name(
    _ field: String,
    of fields: [String: JSONValue],
    _ number: Int
  ) throws(Problem) -> String? {
    switch fields[field] {
    case nil: return nil
    case .text(let text): return try Vocabulary.filled(text, field: field)
    default: throw Problem(.badRequest, "line \(number): \"\(field)\" is not a text")
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
