import LeakModel

/// A stretch of a series in at most 256 bins, however long it is: full, neighbours are merged.
struct CompactHistory: Sendable {
  struct Bin: Sendable {
    var time: Double
    var mean: Double
    var low: Double
    /// One of its samples, untouched: what noise looks like.
    var raw: Double
    var count: Double
    /// The time of its newest sample.
    var end: Double
  }

  private let capacity: Int
  private(set) var bins: [Bin] = []
  private var perBin = 1.0
  private var open: Bin?

  init(capacity: Int = 256) { self.capacity = capacity }

  /// The bins with the one that is being filled.
  var all: [Bin] { open.map { bins + [$0] } ?? bins }

  mutating func append(_ sample: Sample) {
    let one = Bin(
      time: sample.time,
      mean: sample.value,
      low: sample.value,
      raw: sample.value,
      count: 1,
      end: sample.time
    )
    let bin = open.map { Self.merge($0, one, keepsSecond: false) } ?? one
    if bin.count >= perBin {
      bins.append(bin)
      open = nil
      if bins.count == capacity { shrink() }
    } else {
      open = bin
    }
  }

  /// What lies wholly before a time, in at most `capacity` bins: one with a few samples from after a
  /// restart would bend the course before it.
  func prefix(before time: Double, capacity: Int) -> CompactHistory {
    var result = CompactHistory(capacity: capacity)
    result.bins = all.filter { $0.end < time }
    while result.bins.count > capacity { result.shrink() }
    return result
  }

  /// Takes what came after.
  mutating func join(_ later: CompactHistory) {
    bins = all + later.all
    open = nil
    perBin = max(perBin, later.perBin)
    while bins.count >= capacity { shrink() }
  }

  private mutating func shrink() {
    bins = stride(from: 0, to: bins.count, by: 2).map { index in
      index + 1 < bins.count
        ? Self.merge(bins[index], bins[index + 1], keepsSecond: index % 4 == 2) : bins[index]
    }
    perBin *= 2
  }

  private static func merge(_ first: Bin, _ second: Bin, keepsSecond: Bool) -> Bin {
    let count = first.count + second.count
    return Bin(
      time: (first.time * first.count + second.time * second.count) / count,
      mean: (first.mean * first.count + second.mean * second.count) / count,
      low: min(first.low, second.low),
      raw: keepsSecond ? second.raw : first.raw,
      count: count,
      end: second.end
    )
  }
}
