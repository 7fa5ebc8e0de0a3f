/// A stretch in numbers: the straight line through it.
struct SeriesCourse: Sendable {
  let start: Double
  let end: Double
  /// Levels of the line at its ends, in bytes.
  let first: Double
  let last: Double
  /// The deviation of a value from the line.
  let noise: Double

  /// Bytes a second.
  var slope: Double { end > start ? (last - first) / (end - start) : 0 }

  /// The line through points that share times and values; nil with none.
  init?(_ points: [(time: Double, value: Double)]) {
    guard let head = points.first, let tail = points.last else { return nil }
    let count = Double(points.count)
    let middle = points.reduce(0) { $0 + $1.time } / count
    let mean = points.reduce(0) { $0 + $1.value } / count
    var spread = 0.0
    var product = 0.0
    var power = 0.0
    for point in points {
      spread += (point.time - middle) * (point.time - middle)
      product += (point.time - middle) * (point.value - mean)
      power += (point.value - mean) * (point.value - mean)
    }
    let slope = spread > 0 ? product / spread : 0
    start = head.time
    end = tail.time
    first = mean + slope * (head.time - middle)
    last = mean + slope * (tail.time - middle)
    noise = (max(0, power - slope * product) / max(1, count - 2)).squareRoot()
  }
}

/// A change in a series, with what it was before and after.
package struct ChangePoint: Sendable, Equatable {
  /// What changed: the level, the slope, or the process.
  package enum Kind: String, Sendable { case level, slope, restart }

  /// The first sample of the new course.
  package let index: Int
  /// Its time, in the series' own seconds.
  package let time: Double
  package let kind: Kind
  /// Bytes for a level and a restart, bytes an hour for a slope.
  package let before: Double
  package let after: Double

  /// Compares the courses on both sides: what a jump does not explain is a change of slope.
  init(index: Int, time: Double, before: SeriesCourse, after: SeriesCourse) {
    self.index = index
    self.time = time
    let jump = after.first - (before.last + before.slope * (after.start - before.end))
    let bend = (after.slope - before.slope) * (after.end - after.start)
    if jump < -0.25 * before.last.magnitude, after.first < before.last {
      kind = .restart
    } else {
      kind = jump.magnitude > max(bend.magnitude / 2, 3 * before.noise) ? .level : .slope
    }
    self.before = kind == .slope ? before.slope * 3600 : before.last
    self.after = kind == .slope ? after.slope * 3600 : after.first
  }
}
