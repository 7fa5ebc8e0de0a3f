/// Where a whole series changes: the division into level and straight segments that costs least.
///
/// Exact, by dynamic programming over all divisions (Jackson et al. 2005, "optimal partitioning").
/// The price of a parameter is the logarithm of the count of values, as in the Bayesian information
/// criterion (Schwarz 1978), in units of the series' own variance: a segment costs two (where it
/// begins, its level), a straight one three. The variance of the whole series, not of the noise,
/// makes it wary: what moves with the seasons or wanders is not cut to pieces.
package enum Segmentation {
  /// The shortest segment: a line needs a few values to be more than its own noise.
  private static let shortest = 5

  /// Indices at which a new segment begins, ascending, without 0; empty for fewer than ten values.
  package static func changes(_ values: [Double]) -> [Int] {
    let count = values.count
    guard count >= 2 * shortest else { return [] }
    let sums = SegmentSums(standardised(values))
    let price = Portable.log(Double(count))
    var cost = [Double](repeating: .infinity, count: count + 1)
    var origin = [Int](repeating: 0, count: count + 1)
    cost[0] = -2 * price
    for end in shortest...count {
      var best = Double.infinity
      for start in 0...end - shortest where cost[start] + 2 * price < best {
        let total = cost[start] + 2 * price + sums.cost(start, end, linePrice: price)
        if total < best {
          best = total
          origin[end] = start
        }
      }
      cost[end] = best
    }
    var changes: [Int] = []
    var end = count
    while end > 0 {
      end = origin[end]
      if end > 0 { changes.append(end) }
    }
    return changes.reversed()
  }

  /// Values less their mean, in units of their deviation, the outermost two hundredths pulled in.
  private static func standardised(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    let low = sorted.quantile(0.02)
    let high = sorted.quantile(0.98)
    let kept = values.map { min(high, max(low, $0)) }
    let mean = kept.reduce(0, +) / Double(kept.count)
    let power = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count)
    guard power > 0 else { return kept.map { _ in 0 } }
    let deviation = power.squareRoot()
    return kept.map { ($0 - mean) / deviation }
  }
}

extension [Double] {
  /// The value below which a share lies, of sorted values, between neighbours by a straight line.
  func quantile(_ share: Double) -> Double {
    guard count > 1 else { return first ?? 0 }
    let place = share * Double(count - 1)
    let lower = Swift.min(count - 2, Swift.max(0, Int(place)))
    return self[lower] + (self[lower + 1] - self[lower]) * (place - Double(lower))
  }
}

/// Sums from the start, so that any segment's residuals cost constant time.
private struct SegmentSums {
  private var value = [0.0]
  private var square = [0.0]
  private var product = [0.0]

  init(_ values: [Double]) {
    for (index, item) in values.enumerated() {
      value.append(value[index] + item)
      square.append(square[index] + item * item)
      product.append(product[index] + item * Double(index))
    }
  }

  /// The square sum about the mean, or about the best line and its price, whichever is less.
  func cost(_ start: Int, _ end: Int, linePrice: Double) -> Double {
    let count = Double(end - start)
    let sum = value[end] - value[start]
    let power = square[end] - square[start] - sum * sum / count
    let middle = Double(start + end - 1) / 2
    let moment = product[end] - product[start] - middle * sum
    let spread = count * (count * count - 1) / 12
    return max(0, min(power, power - moment * moment / spread + linePrice))
  }
}
