import LeakModel

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

  /// The line through samples in the order of time; nil with none.
  init?(_ samples: some BidirectionalCollection<Sample>) {
    guard let head = samples.first, let tail = samples.last else { return nil }
    let line = LineFit(samples.lazy.map { (x: $0.time, y: $0.value) })
    start = head.time
    end = tail.time
    first = line.mean + line.slope * (head.time - line.centre)
    last = line.mean + line.slope * (tail.time - line.centre)
    noise = line.residual
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
