import LeakModel
import Synchronization

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

  /// Everything counted, as it stood at one moment.
  struct Snapshot {
    var requests: [RequestKind: Int] = [:]
    var requestTimes: [String: Histogram] = [:]
    var diagnoses: [Cause: Int] = [:]
    var analysisTimes = Histogram()
  }

  private let state = Mutex(Snapshot())

  var snapshot: Snapshot { state.withLock { $0 } }

  func count(_ kind: RequestKind, took time: Duration) {
    state.withLock { state in
      state.requests[kind, default: 0] += 1
      state.requestTimes[kind.route, default: Histogram()].add(time)
    }
  }

  /// Counts a diagnosis by its first verdict; nil when nothing was recognised.
  func count(_ diagnosis: Diagnosis?, took time: Duration) {
    state.withLock { state in
      if let cause = diagnosis?.verdicts.first?.cause { state.diagnoses[cause, default: 0] += 1 }
      state.analysisTimes.add(time)
    }
  }
}

/// How many times were at or below each of a few bounds.
struct Histogram: Equatable {
  /// Upper bounds in seconds: from a read of one row to the parsing of the largest dump.
  static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

  /// For each bound, the count of times at or below it.
  private(set) var counts = [Int](repeating: 0, count: bounds.count)
  private(set) var count = 0
  /// The sum of all times in seconds.
  private(set) var sum = 0.0

  mutating func add(_ time: Duration) {
    let seconds = time / .seconds(1)
    for (index, bound) in Self.bounds.enumerated() where seconds <= bound { counts[index] += 1 }
    count += 1
    sum += seconds
  }
}
