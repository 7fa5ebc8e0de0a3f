import Foundation
import LeakAnalysis
import LeakCasebook
import LeakModel

/// Speaks the JSON-lines protocol of a detector: samples in, alarms and forecasts out, many series
/// one after another.
struct ForecastStream {
  private struct Request: Decodable {
    let op: String
    let interval: Double?
    let limit: Double?
    let metric: String?
    let times: [Double]?
    let values: [Double?]?
    let now: Double?
    let horizons: [Double]?
    let levels: [Double]?

    enum CodingKeys: String, CodingKey {
      case op
      case interval = "interval_s"
      case limit = "limit_bytes"
      case metric
      case t
      case values = "v"
      case horizons
      case levels
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      op = try container.decode(String.self, forKey: .op)
      interval = try container.decodeIfPresent(Double.self, forKey: .interval)
      limit = try container.decodeIfPresent(Double.self, forKey: .limit)
      metric = try container.decodeIfPresent(String.self, forKey: .metric)
      times = op == "samples" ? try container.decode([Double].self, forKey: .t) : nil
      now = op == "query" ? try container.decode(Double.self, forKey: .t) : nil
      values = try container.decodeIfPresent([Double?].self, forKey: .values)
      horizons = try container.decodeIfPresent([Double].self, forKey: .horizons)
      levels = try container.decodeIfPresent([Double].self, forKey: .levels)
    }
  }

  private struct Alarms: Encodable {
    struct Alarm: Encodable {
      let kind: String
      let change: Double
    }
    let alarms: [Alarm]
  }

  private struct Answer: Encodable {
    let leak: Bool
    let ttl: Double?
    let ttl80: [Double?]?
    let q: [String: [Double]]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(leak, forKey: .leak)
      try container.encode(ttl, forKey: .ttl)
      try container.encode(ttl80, forKey: .ttl80)
      try container.encode(q, forKey: .q)
    }

    enum CodingKeys: String, CodingKey { case leak, ttl, ttl80, q }
  }

  private struct Problem: Encodable { let error: String }

  private var monitor = SeriesMonitor(.init())

  /// Answers requests until standard input ends.
  static func run() throws {
    var stream = ForecastStream()
    while let line = readLine() {
      if line.isEmpty { continue }
      if let answer = try stream.answer(line) { try Console.show(verbatim: answer) }
    }
  }

  /// The answer to one line; nil where the protocol has none.
  mutating func answer(_ line: String) throws -> String? {
    let request: Request
    do {
      request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
    } catch {
      return try CanonicalJSON.text(
        Problem(error: "expected {\"op\": \"start|samples|query|end\", …} with its members")
      )
    }
    switch request.op {
    case "start":
      let limit = request.limit.flatMap { $0 > 0 ? $0 : nil }
      let interval = request.interval.flatMap { $0 > 0 ? $0 : nil }
      let nature = SeriesNature(metric: request.metric, limit: limit)
      monitor = SeriesMonitor(.init(interval: interval, limit: limit, nature: nature))
      return nil
    case "samples":
      let times = request.times ?? []
      let values = request.values ?? []
      guard times.count == values.count else {
        let counts = "\(times.count) and \(values.count)"
        return try CanonicalJSON.text(
          Problem(error: "t and v of samples must be as many, found \(counts)")
        )
      }
      return try CanonicalJSON.text(take(times, values))
    case "query": return try CanonicalJSON.text(look(request))
    case "end": return nil
    default:
      return try CanonicalJSON.text(Problem(error: "unknown op \(request.op)"))
    }
  }

  private mutating func take(_ times: [Double], _ values: [Double?]) -> Alarms {
    var alarms: [Alarms.Alarm] = []
    for (time, value) in zip(times, values) {
      guard let value, let alarm = monitor.append(Sample(time: time, value: value)) else {
        continue
      }
      alarms.append(.init(kind: alarm.kind.rawValue, change: alarm.change))
    }
    return Alarms(alarms: alarms)
  }

  private func look(_ request: Request) -> Answer {
    let horizons = request.horizons ?? SeriesReport.horizons
    let levels = request.levels ?? SeriesReport.levels
    guard
      let outlook = monitor.outlook(at: request.now ?? 0, horizons: horizons, levels: levels)
    else { return Answer(leak: false, ttl: nil, ttl80: nil, q: [:]) }
    let times = outlook.timeToLimit
    var quantiles: [String: [Double]] = [:]
    for (horizon, values) in zip(horizons, outlook.quantiles) {
      quantiles[horizon == horizon.rounded() ? "\(Int64(horizon))" : "\(horizon)"] = values
    }
    return Answer(
      leak: outlook.isLeak,
      ttl: times[1],
      ttl80: [times[0], times[2]],
      q: quantiles
    )
  }
}
