import LeakModel

extension FactSet {
  /// Adds what the number of open file descriptors over time tells.
  mutating func measureDescriptors(_ series: SnapshotSeries, _ from: [String]) {
    if let outline = SeriesOutline(series.samples(of: .fds), summary: .middle, noise: 10) {
      insert(
        .processFDGrowth,
        outline.growth,
        "\(Int(clamping: outline.growth)) file descriptors more",
        from
      )
      let isGrowing = outline.risesThroughout && outline.growth >= 20
      insert(
        .processFDIsGrowing,
        .flag(isGrowing),
        isGrowing
          ? "the number of open file descriptors keeps rising, by \(Int(clamping: outline.growth))"
          : "the number of open file descriptors does not keep rising",
        from
      )
    }
    guard let descriptors = series.columns[.fds], let cycles = series.columns[.numGC],
      descriptors.count >= 10
    else { return }
    let fallen = Self.fallen(descriptors, cycles, series.columns[.numGoroutine])
    // A file that nobody refers to is closed by the cleanup that os and net set on it (os/file_unix.go,
    // newFile); where descriptors fall with the GC and never else, that is all that closes them.
    // Once may be the end of many connections at a time; twice is how they end.
    let isFreed = fallen.times >= 2 && fallen.withGC >= 50 && fallen.withGC >= 9 * fallen.without
    insert(
      .processFDFreedByGC,
      .flag(isFreed),
      isFreed
        ? "\(Int(clamping: fallen.withGC)) descriptors were closed when a GC ran: their owners had not closed them"
        : "descriptors are not closed by the GC",
      from
    )
  }

  /// The descriptors closed between samples, by whether a GC had run since the sample before the last.
  ///
  /// Cleanups run after the cycle that found them. A connection that ends takes its goroutine along;
  /// one that is garbage has none.
  private static func fallen(
    _ descriptors: [Double],
    _ cycles: [Double],
    _ goroutines: [Double]?
  ) -> (withGC: Double, without: Double, times: Int) {
    var (withGC, without, times) = (0.0, 0.0, 0)
    for index in descriptors.indices.dropFirst() {
      let fall = descriptors[index - 1] - descriptors[index]
      guard fall > 0 else { continue }
      let ended = goroutines.map { $0[index - 1] - $0[index] } ?? 0
      let isByGC = cycles[index] > cycles[max(0, index - 2)] && ended * 2 < fall
      if isByGC { withGC += fall } else { without += fall }
      if isByGC, fall >= 20 { times += 1 }
    }
    // With a GC in most samples the two cannot be told apart.
    let spells = cycles.indices.dropFirst(2).filter { cycles[$0] > cycles[$0 - 2] }.count
    return spells * 2 < cycles.count ? (withGC, without, times) : (0, 0, 0)
  }
}
