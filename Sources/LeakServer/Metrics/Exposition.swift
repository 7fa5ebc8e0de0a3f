/// Text for Prometheus to read, format 0.0.4.
///
/// Shape of a metric: its help, its type, then its samples.
/// ```
/// # HELP leakbook_http_requests_total Requests answered.
/// # TYPE leakbook_http_requests_total counter
/// leakbook_http_requests_total{method="GET",route="/",status="2xx"} 3
/// ```
/// Source: Prometheus documentation, "Exposition formats".
struct Exposition {
  static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  /// One sample: its labels, in the order to print them, and its value.
  typealias Sample = (labels: [(String, String)], value: Double)

  private(set) var text = ""

  /// Adds a metric; its samples are sorted by their labels.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    begin(name, kind, help)
    text += samples.map { Self.line(name, $0.labels, $0.value) }.sorted().joined()
  }

  /// Adds a metric of one sample without labels.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double) {
    add(name, kind, help, [([], value)])
  }

  /// Adds histograms that differ by their labels.
  mutating func add(
    _ name: String,
    _ help: String,
    _ histograms: [(labels: [(String, String)], value: Histogram)]
  ) {
    begin(name, .histogram, help)
    for (labels, histogram) in histograms {
      for (bound, count) in zip(Histogram.bounds, histogram.counts) {
        text += Self.line("\(name)_bucket", labels + [("le", Self.number(bound))], Double(count))
      }
      let count = Double(histogram.count)
      text += Self.line("\(name)_bucket", labels + [("le", "+Inf")], count)
      text += Self.line("\(name)_sum", labels, histogram.sum)
      text += Self.line("\(name)_count", labels, count)
    }
  }

  private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  private static func line(_ name: String, _ labels: [(String, String)], _ value: Double) -> String
  {
    let pairs = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
    return "\(name)\(pairs.isEmpty ? "" : "{\(pairs)}") \(number(value))\n"
  }

  /// A label's value with the three characters escaped that would end it.
  static func escaped(_ value: String) -> String {
    value.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}
