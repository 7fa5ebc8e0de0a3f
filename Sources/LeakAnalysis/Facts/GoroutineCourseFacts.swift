import LeakModel

extension FactSet {
  /// Adds what the number of goroutines over time tells.
  ///
  /// - Parameters:
  ///   - series: The samples.
  ///   - wait: What the goroutines that pile up wait for, where a capture tells it.
  ///   - from: The series' source.
  mutating func measureGoroutineCourse(
    _ series: SnapshotSeries,
    _ wait: GoroutineWait?,
    _ from: [String]
  ) {
    let samples = series.samples(of: .numGoroutine)
    guard let course = GoroutineCourse(samples) else { return }
    let (start, end) = (course.start, course.end)
    insert(.goroutineCount, end, "\(Int(clamping: end)) goroutines at the end", from)
    insert(
      .goroutineGrowth,
      end - start,
      "goroutines went from \(Int(clamping: start)) to \(Int(clamping: end))",
      from
    )
    let ratio = end / max(1, start)
    insert(
      .goroutineGrowthRatio,
      ratio,
      "\(ratio.shortText) times as many goroutines as at the beginning",
      from
    )
    let settled = samples.filter { $0.time > (samples.first?.time ?? 0) + course.outline.span / 10 }
    if let slope = robustSlope(settled) {
      insert(
        .goroutineSlope,
        slope * 60,
        "goroutines change by \((slope * 60).shortText) a minute",
        from
      )
    }
    insert(
      .goroutineBurst,
      .flag(course.bursts),
      course.bursts
        ? "goroutines jump to \(Int(clamping: course.peak)) within part of the run, from \(Int(clamping: course.low))"
        : "no burst of goroutines",
      from
    )
    let isStalled = course.risesFromOnset && wait.map(Self.blocking.contains) ?? false
    insert(
      .goroutineStalled,
      .flag(isStalled),
      isStalled
        ? "from some moment on goroutines come to wait and none of them leaves"
        : "goroutines do not begin to wait all at one moment",
      from
    )
    let isGrowing = course.rises && !course.bursts || isStalled
    insert(
      .goroutineIsGrowing,
      .flag(isGrowing),
      isGrowing
        ? "the number of goroutines keeps rising: \(Int(clamping: start)) → \(Int(clamping: end))"
        : "the number of goroutines does not keep rising: \(Int(clamping: start)) → \(Int(clamping: end))",
      from
    )
  }

  /// Waits that another goroutine has to end; one that sleeps or works ends by itself.
  private static let blocking: Set<GoroutineWait> = [
    .chanSend, .chanReceive, .channel, .lock, .waitGroup, .condition,
  ]
}
