package import LeakModel

/// A series beside memory that may explain it: requests a second, or goroutines.
package struct CompanionSeries: Sendable {
  /// As the column or the metric is called.
  package let name: String
  /// In any order.
  package let samples: [Sample]

  /// Names a series.
  package init(name: String, samples: [Sample]) {
    self.name = name
    self.samples = samples
  }

  /// Whether it counts goroutines: these may leak themselves, while traffic is what it is.
  var countsGoroutines: Bool { name.lowercased().contains("goroutine") }
}

/// How far memory follows a series beside it.
///
/// Two series that both rise always look alike, whatever made them rise (Granger and Newbold 1974,
/// Journal of Econometrics 2:111). So not levels are compared but their moves from one block of time to
/// the next: a straight line through these, its constant left for growth that has nothing to do with
/// the other series.
struct CompanionRelation {
  /// Bytes for one of the other series' unit; above 0.
  let bytesPerUnit: Double
  private let companion: [Sample]

  /// Blocks that the common time is divided into: long enough to hold several samples and the time
  /// that memory takes to follow, enough of them for a line.
  private static let blockCount = 96
  /// Standard errors from which on memory follows: one look, 1 in 30,000 by chance.
  private static let strength = 4.0

  /// Relates two series in the order of time; nil where memory does not follow.
  init?(_ memory: [Sample], _ companion: [Sample]) {
    guard let first = companion.first, let last = companion.last else { return nil }
    let from = max(first.time, memory.first?.time ?? .infinity)
    let to = min(last.time, memory.last?.time ?? -.infinity)
    guard to > from else { return nil }
    let width = (to - from) / Double(Self.blockCount)
    let means = [memory, companion].map { Self.blocks($0, from: from, width: width) }
    let moves = (1..<Self.blockCount).compactMap { place -> (x: Double, y: Double)? in
      guard let y = means[0][place], let yBefore = means[0][place - 1], let x = means[1][place],
        let xBefore = means[1][place - 1]
      else { return nil }
      return (x - xBefore, y - yBefore)
    }
    guard let slope = Self.slope(Self.ordinary(moves)) else { return nil }
    bytesPerUnit = slope
    self.companion = companion
  }

  /// Memory less what follows the other series, at that series' first level.
  func removed(from memory: [Sample]) -> [Sample] {
    guard let first = companion.first else { return memory }
    var place = 0
    return memory.map { sample in
      while place + 1 < companion.count, companion[place + 1].time <= sample.time { place += 1 }
      let moved = companion[place].value - first.value
      return Sample(time: sample.time, value: max(0, sample.value - bytesPerUnit * moved))
    }
  }

  private static func blocks(_ samples: [Sample], from: Double, width: Double) -> [Double?] {
    var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: blockCount)
    for sample in samples {
      let place = ((sample.time - from) / width).rounded(.down)
      guard place >= 0, place < Double(blockCount) else { continue }
      sums[Int(place)].sum += sample.value
      sums[Int(place)].count += 1
    }
    return sums.map { $0.count > 0 ? $0.sum / $0.count : nil }
  }

  /// Moves without restarts and steps: those of memory beyond eight times the middle one.
  private static func ordinary(_ moves: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    let most = 8 * moves.map(\.y.magnitude).median
    return moves.filter { $0.y.magnitude <= most }
  }

  /// The slope of the line through points; nil when it is not surely above 0.
  private static func slope(_ points: [(x: Double, y: Double)]) -> Double? {
    guard points.count >= 12 else { return nil }
    let line = LineFit(points)
    guard line.spread > 0, line.slope > strength * line.slopeError else { return nil }
    return line.slope
  }
}
