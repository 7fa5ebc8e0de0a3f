/// A distribution as weighted points.
struct WeightedPoints {
  private var points: [(value: Double, weight: Double)] = []

  mutating func add(_ value: Double, weight: Double) { points.append((value, weight)) }

  /// The values below which given shares of the weight lie, each halfway into its point.
  func quantiles(_ levels: [Double]) -> [Double] {
    let sorted = points.sorted { $0.value < $1.value }
    let total = sorted.reduce(0) { $0 + $1.weight }
    return levels.map { level in
      var below = 0.0
      var last = sorted.first?.value ?? 0
      var lastAt = 0.0
      for point in sorted {
        let at = (below + point.weight / 2) / total
        if at >= level {
          guard at > lastAt, point.value.isFinite, last.isFinite else { return point.value }
          return last + (point.value - last) * (level - lastAt) / (at - lastAt)
        }
        below += point.weight
        last = point.value
        lastAt = at
      }
      return last
    }
  }
}

/// A standard normal variable as nine points: quantiles in the middle of cells, with their weights and the
/// share of the distribution below.
enum NormalPoints {
  static let all: [(value: Double, weight: Double, share: Double)] = [
    (-2.75, 0.0060, 0.003), (-2.0, 0.0417, 0.0269), (-1.4, 0.1020, 0.0987), (-0.7, 0.2120, 0.2557),
    (0, 0.2766, 0.5), (0.7, 0.2120, 0.7443), (1.4, 0.1020, 0.9013), (2.0, 0.0417, 0.9731),
    (2.75, 0.0060, 0.997),
  ]
}
