/// What the past says of one resolution: its noise, and the greatest step that was none.
struct LevelNoise {
  private var mean: WindowNoise?
  private var floor: WindowNoise?
  private var notes = 0
  private(set) var greatestStep = 0.0

  /// Whether the lowest value of a bin is steadier than its mean, as under a GC sawtooth.
  var isFloorQuieter: Bool {
    guard let mean, let floor else { return false }
    return floor.longRun < 0.4 * mean.longRun
  }

  /// The long-run variance of a bin, the steadier of the two; 0 while unknown.
  var calm: Double { (isFloorQuieter ? floor : mean)?.longRun ?? 0 }

  /// The correlation of neighbours: what a window shows, steadied by what earlier ones showed.
  func memory(beside local: Double) -> Double {
    guard notes >= 4, let past = isFloorQuieter ? floor : mean else { return local }
    return 0.3 * local + 0.7 * past.memory
  }

  /// Takes the noise of a window, of the means and of the lows of its bins.
  mutating func note(mean: WindowNoise, floor: WindowNoise) {
    let gain = max(0.02, 1 / Double(notes + 1))
    func blend(_ old: WindowNoise?, _ new: WindowNoise) -> WindowNoise {
      guard let old else { return new }
      // A change within the window must not pass for noise: at most threefold.
      return WindowNoise(
        variance: old.variance + gain * (min(new.variance, 3 * old.variance) - old.variance),
        memory: old.memory + gain * (new.memory - old.memory)
      )
    }
    self.mean = blend(self.mean, mean)
    self.floor = blend(self.floor, floor)
    notes += 1
  }

  /// Takes the size of a step that was none.
  mutating func noteStep(_ size: Double) {
    greatestStep = max(size, greatestStep * 0.999)
  }
}
