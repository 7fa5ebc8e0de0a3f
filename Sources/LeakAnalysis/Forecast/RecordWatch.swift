/// Notices values that a series has never shown, whatever their distribution.
///
/// Of n values in no order the newest is the highest with chance 1/n, so that records grow rare by
/// themselves: about ln(n) of them among n, for spikes as for tame noise (Rényi 1962; Glick 1978, American
/// Mathematical Monthly 85:2). No threshold has to be set.
struct RecordWatch: Sendable {
  /// The extremes of one block of time.
  private struct Block {
    let number: Double
    var range: ClosedRange<Double>
  }

  private var blocks: [Block] = []
  /// Seconds: a day, as a daily cycle shows its extremes once, or the time of a hundred samples.
  private let width: Double
  private var start: Double?
  /// When the last record was seen, in seconds.
  private var latest = -Double.infinity
  /// What was known before the present disturbance, or is while there is none.
  ///
  /// Anything may be the way of a series that is new.
  private(set) var known = -Double.infinity...Double.infinity

  /// Blocks remembered: what comes once a month or in the same week of two months is known.
  private static let memory = 35.0
  /// Seconds without a record that end a disturbance, as people are told again after as long (the default
  /// `repeat_interval` of Alertmanager): until then it is one.
  private static let calm = 4 * 3600.0

  /// Share of what is known by which a record must lie beyond it: less is how values are rounded.
  private static let slack = 0.001

  /// - Parameter interval: Seconds between samples.
  init(interval: Double) {
    width = max(86_400, 100 * interval)
  }

  /// Takes a value, later than the last one.
  ///
  /// - Parameters:
  ///   - value: In the series' own unit.
  ///   - time: Seconds.
  /// - Returns: Whether it lies beyond all that is remembered and so begins a disturbance.
  mutating func push(_ value: Double, at time: Double) -> Bool {
    let number = (time / width).rounded(.down)
    blocks.removeAll { $0.number < number - Self.memory }
    let range = blocks.dropFirst().reduce(blocks.first?.range) { $0?.union($1.range) }
    remember(value, block: number)
    let start = self.start ?? time
    self.start = start
    guard let range, time - start >= width else { return false }
    let isDisturbed = time - latest < Self.calm
    if !isDisturbed { known = range }
    let slack = Self.slack * (range.upperBound - range.lowerBound)
    guard value < range.lowerBound - slack || value > range.upperBound + slack else { return false }
    latest = time
    return !isDisturbed
  }

  private mutating func remember(_ value: Double, block number: Double) {
    if let last = blocks.last, last.number == number {
      blocks[blocks.count - 1].range = last.range.union(value...value)
    } else {
      blocks.append(Block(number: number, range: value...value))
    }
  }
}

extension ClosedRange<Double> {
  /// The smallest range that holds both.
  fileprivate func union(_ other: ClosedRange<Double>) -> ClosedRange<Double> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
