/// The recent past of a series at one resolution: equal bins on a fixed grid of time.
///
/// The oldest are dropped. Holes are bridged by straight lines and marked, so that a window is always contiguous.
struct ScaleBins {
  /// Bins kept: the longest window a test looks at, at a resolution eight times finer.
  static let capacity = 640

  private(set) var means: [Double]
  private(set) var lows: [Double]
  /// Means of running medians of three samples: a single wild one leaves no trace.
  private(set) var steadies: [Double]
  /// Whether a bin holds a sample or only bridges a hole.
  private(set) var isReal: [Bool]
  /// The indices of the oldest bin kept and of the bin to come, on the grid of time.
  private(set) var first = 0
  private(set) var next = 0

  init() {
    means = [Double](repeating: 0, count: Self.capacity)
    lows = [Double](repeating: 0, count: Self.capacity)
    steadies = [Double](repeating: 0, count: Self.capacity)
    isReal = [Bool](repeating: false, count: Self.capacity)
  }

  var isEmpty: Bool { next == first }

  func mean(at index: Int) -> Double { means[index % Self.capacity] }
  func low(at index: Int) -> Double { lows[index % Self.capacity] }
  func steady(at index: Int) -> Double { steadies[index % Self.capacity] }
  func isReal(at index: Int) -> Bool { isReal[index % Self.capacity] }

  /// Adds the bin `index`, not before `next`; a hole as long as the whole memory forgets the past.
  mutating func push(_ index: Int, mean: Double, low: Double, steady: Double) {
    if isEmpty || index - next >= Self.capacity {
      first = index
    } else if index > next {
      bridge(to: index, mean: mean, low: low, steady: steady)
    }
    store(index, mean: mean, low: low, steady: steady, isReal: true)
    next = index + 1
    first = max(first, next - Self.capacity)
  }

  private mutating func bridge(to index: Int, mean: Double, low: Double, steady: Double) {
    let fromMean = self.mean(at: next - 1)
    let fromLow = self.low(at: next - 1)
    let fromSteady = self.steady(at: next - 1)
    let span = Double(index - next + 1)
    for hole in next..<index {
      let share = Double(hole - next + 1) / span
      store(
        hole,
        mean: fromMean + (mean - fromMean) * share,
        low: fromLow + (low - fromLow) * share,
        steady: fromSteady + (steady - fromSteady) * share,
        isReal: false
      )
    }
  }

  private mutating func store(
    _ index: Int,
    mean: Double,
    low: Double,
    steady: Double,
    isReal: Bool
  ) {
    let slot = index % Self.capacity
    means[slot] = mean
    lows[slot] = low
    steadies[slot] = steady
    self.isReal[slot] = isReal
  }
}

/// A series at resolutions that double: level k holds bins of 2^k sampling intervals.
struct ScalePyramid {
  /// Enough for windows of hours at samples every second.
  static let levelCount = 12

  private(set) var levels = [ScaleBins](repeating: ScaleBins(), count: levelCount)
  /// The even bin that waits for its odd neighbour, for each level but the finest.
  private var waiting = [Int?](repeating: nil, count: levelCount)
  /// The two values before the last.
  private var earlier: (Double, Double)?

  /// Adds one value at an index of the sampling grid, later than the last one.
  ///
  /// - Returns: how many levels, from the finest, have got a new bin.
  mutating func push(_ index: Int, value: Double) -> Int {
    let (first, second) = earlier ?? (value, value)
    let steady = max(min(first, second), min(max(first, second), value))
    earlier = (second, value)
    levels[0].push(index, mean: value, low: value, steady: steady)
    var current = index
    var level = 1
    while level < Self.levelCount {
      // A bin whose second half never came is finished by the first sample after it.
      if let open = waiting[level], open < current >> 1 {
        finish(open, level: level)
        waiting[level] = nil
      }
      guard current & 1 == 1 else {
        waiting[level] = current >> 1
        return level
      }
      waiting[level] = nil
      finish(current >> 1, level: level)
      current >>= 1
      level += 1
    }
    return level
  }

  private mutating func finish(_ index: Int, level: Int) {
    let below = levels[level - 1]
    let halves = [2 * index, 2 * index + 1].filter {
      $0 >= below.first && $0 < below.next && below.isReal(at: $0)
    }
    guard !halves.isEmpty else { return }
    let mean = halves.reduce(0) { $0 + below.mean(at: $1) } / Double(halves.count)
    let low = halves.reduce(Double.infinity) { min($0, below.low(at: $1)) }
    let steady = halves.reduce(0) { $0 + below.steady(at: $1) } / Double(halves.count)
    levels[level].push(index, mean: mean, low: low, steady: steady)
  }
}
