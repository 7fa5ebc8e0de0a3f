/// The cycles of a heap between its collections, where these lie far enough apart to be seen one by one.
///
/// HeapAlloc lies anywhere between the live heap and (1 + GOGC/100) times it (Go GC guide). What a
/// collection leaves is the live heap itself: with few cycles known better than by many values between.
struct HeapCycles {
  /// Runs of bins, each from the lowest of its cycle to before that of the next.
  let runs: [ArraySlice<CompactHistory.Bin>]

  /// A share by which a heap rises and falls in each cycle: GOGC of 20 is rare, and noise stays below.
  private static let share = 1.1
  /// Cycles that make a course.
  private static let least = 5
  /// Seconds: what takes longer may be the day's.
  private static let longest = 6 * 3600.0

  /// Finds the cycles; nil where the bins themselves tell as much.
  init?(_ bins: [CompactHistory.Bin]) {
    let starts = Self.bottoms(bins.map(\.low))
    guard starts.count >= Self.least, let first = starts.first else { return nil }
    let length = Double(bins.count - first) / Double(starts.count)
    let seconds = (bins[bins.count - 1].time - bins[first].time) / Double(starts.count)
    let steadier = min(Self.roughness(bins.map(\.mean)), Self.roughness(bins.map(\.low)))
    let left = Self.roughness(starts.map { bins[$0].low })
    guard seconds < Self.longest, left * length < 0.4 * steadier else { return nil }
    runs = zip(starts, starts.dropFirst() + [bins.count]).map { bins[$0..<$1] }
  }

  /// The places of the lowest values between a fall and a rise.
  private static func bottoms(_ values: [Double]) -> [Int] {
    var found: [Int] = []
    var peak = values.first ?? 0
    var bottom: Int?
    for (index, value) in values.enumerated() {
      if let place = bottom {
        if value < values[place] {
          bottom = index
        } else if value > share * values[place] {
          found.append(place)
          bottom = nil
          peak = value
        }
      } else if value * share < peak {
        bottom = index
      } else {
        peak = max(peak, value)
      }
    }
    return found
  }

  /// Variance from the differences of neighbours: of noise alone, whatever the course.
  static func roughness(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let sum = zip(values.dropFirst(), values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return sum / Double(2 * (values.count - 1))
  }
}
