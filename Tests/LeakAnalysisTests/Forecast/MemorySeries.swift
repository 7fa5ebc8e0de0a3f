import LeakModel

/// Memory series with a known truth, the same in every run.
struct MemorySeries {
  var base = 500.0 * 1_048_576
  var noise = 4.0 * 1_048_576
  var interval = 60.0
  var hours = 48.0
  var seed: UInt64 = 11
  /// Bytes above the base at a time in hours.
  var course: (Double) -> Double = { _ in 0 }

  static let mebibyte = 1_048_576.0

  var samples: [Sample] {
    var random = SplitMix64(seed: seed)
    return (0...Int(hours * 3600 / interval)).map { index in
      let time = Double(index) * interval
      // The sum of twelve uniform numbers is near enough to a normal one.
      let normal = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &random)
      }
      return Sample(time: time, value: base + course(time / 3600) + noise * normal)
    }
  }

  /// A heap between two collections: from the live heap up to twice as much, over and over.
  static func sawtooth(hours: Double, liveAt: (Double) -> Double) -> [Sample] {
    var random = SplitMix64(seed: 5)
    var allocated = 0.0
    return (0...Int(hours * 120)).map { index in
      let time = Double(index) * 30
      let live = liveAt(time / 3600)
      allocated += 7e7 * Double.random(in: 0.7...1.3, using: &random)
      if allocated > live { allocated = allocated.truncatingRemainder(dividingBy: live) }
      return Sample(time: time, value: live + allocated)
    }
  }
}
