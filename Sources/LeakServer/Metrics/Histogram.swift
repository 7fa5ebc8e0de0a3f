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
    add(seconds: time / .seconds(1))
  }

  mutating func add(seconds: Double) {
    for (index, bound) in Self.bounds.enumerated() where seconds <= bound { counts[index] += 1 }
    count += 1
    sum += seconds
  }
}
