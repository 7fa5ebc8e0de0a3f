import GoFormats
import LeakModel

extension FactSet {
  /// Adds what a series of MemStats tells: growth, allocation, GC.
  mutating func measureSeries(_ evidence: EvidenceBundle) {
    guard let sourced = evidence.series else { return }
    let series = sourced.value
    let from = [sourced.source]
    measureGoroutineCourse(series, evidence.goroutineGrowth?.top?.wait, from)
    measureHeapSeries(series, from)
    measureAllocation(series, from)
  }

  private mutating func measureHeapSeries(_ series: SnapshotSeries, _ from: [String]) {
    let samples = series.samples(of: .heapAlloc)
    // HeapAlloc counts garbage until a GC has run: without cycles its rise says nothing of what lives.
    let hasCycles = cyclesInSecondHalf(series) >= 2
    if hasCycles,
      let outline = SeriesOutline(samples, summary: .floor, noise: 4 * mebibyte)
    {
      insertHeapTrend(outline, "HeapAlloc's floor", from)
    } else {
      measureGoals(series, from)
    }
    let late = (series.count / 2)..<series.count
    if let inuse = series.columns[.heapInuse], let alloc = series.columns[.heapAlloc] {
      let ratios = late.compactMap { index in
        alloc[index] > 8 * mebibyte ? inuse[index] / alloc[index] : nil
      }.filter { !$0.isNaN }
      if !ratios.isEmpty {
        insert(
          .heapFragmentation,
          ratios.median,
          "HeapInuse is \(ratios.median.shortText) times HeapAlloc",
          from
        )
      }
    }
  }

  /// The GC cycles between the middle of a series and its end.
  private func cyclesInSecondHalf(_ series: SnapshotSeries) -> Double {
    series.gain(of: .numGC, since: 0.5)?.amount ?? 0
  }

  mutating func insertHeapTrend(_ outline: SeriesOutline, _ name: String, _ from: [String]) {
    let growth = outline.growth
    insert(
      .heapTrend,
      .word(outline.shape.rawValue),
      "\(name) \(outline.shape.phrase): \(Bytes(outline.start)) → \(Bytes(outline.end))",
      from
    )
    insert(.heapGrowth, growth, "\(name) rose by \(Bytes(growth))", from)
    insert(
      .heapGrowthRatio,
      outline.end / max(1, outline.start),
      "\(name) is \((outline.end / max(1, outline.start)).shortText) times what it was",
      from
    )
  }

  private mutating func measureAllocation(_ series: SnapshotSeries, _ from: [String]) {
    guard series.count >= 5, let bytes = series.gain(of: .totalAlloc, since: 0.2) else { return }
    insert(.allocRate, bytes.rate, "\(Bytes(bytes.rate)) allocated per second", from)
    let heaps = series.samples(of: .heapAlloc)
    let live = heaps.dropFirst(heaps.count / 5).map(\.value).min() ?? 0
    let turnover = bytes.rate / max(mebibyte, live)
    insert(
      .allocTurnover,
      turnover,
      "the live heap is allocated anew \(turnover.shortText) times per second",
      from
    )
    guard let objects = series.gain(of: .mallocs, since: 0.2), objects.amount > 0 else { return }
    insert(
      .allocObjectRate,
      objects.rate,
      "\(Int(clamping: objects.rate)) objects allocated per second",
      from
    )
    let size = bytes.amount / objects.amount
    insert(
      .allocMeanSize,
      size,
      "an allocation is \(Int(clamping: size)) bytes on average",
      from
    )
  }

  /// Adds what the GC tells: its rate, its cost, its goal against live heap and limit.
  mutating func measureGC(_ evidence: EvidenceBundle) {
    let limit = evidence.limit
    measureForcedCycles(evidence)
    if let trace = evidence.gcTrace, trace.value.count >= 3 {
      measureTrace(trace.value, from: [trace.source], limit: limit)
    }
    guard let sourced = evidence.series, let goal = sourced.value.last(.nextGC),
      let cycles = sourced.value.last(.numGC)
    else { return }
    let series = sourced.value
    let from = [sourced.source]
    let isOff = goal > 4e18 || (cycles == 0 && (series.peak(.heapAlloc) ?? 0) > 16 * mebibyte)
    insert(
      .gcOff,
      .flag(isOff),
      isOff ? "the GC is off: it has no goal (GOGC=off)" : "the GC runs by itself",
      from
    )
    measureRate(series, from)
    let live = liveHeap(series)
    // At the least goal that GOGC=100 sets, 4 MiB, the goal says nothing of GOGC.
    if let live, !isOff, self[.gcGoalOverLive] == nil, abs(goal - 4 * mebibyte) > mebibyte / 4 {
      insert(
        .gcGoalOverLive,
        goal / max(4 * mebibyte, live),
        "the GC's goal is \((goal / max(4 * mebibyte, live)).shortText) times the live heap",
        from
      )
    }
    if let limit {
      let reach = isOff ? series.peak(.heapSys) ?? goal : max(goal, series.peak(.nextGC) ?? goal)
      let peakGoal = isOff ? max(reach, limit) : reach > 4e18 ? limit : reach
      insert(
        .gcGoalOverLimit,
        peakGoal / limit,
        isOff
          ? "with the GC off the heap grows to the limit of \(Bytes(limit))"
          : "the GC's goal (\(Bytes(peakGoal))) is \(percent(peakGoal / limit)) of the limit",
        from
      )
      if let live, !isOff, self[.gcLiveOverLimit] == nil {
        insert(
          .gcLiveOverLimit,
          live / limit,
          "the live heap (\(Bytes(live))) is \(percent(live / limit)) of the limit",
          from
        )
      }
    }
  }

  /// How often the program collected by hand: MemStats.NumForcedGC, or `(forced)` in a gctrace.
  private mutating func measureForcedCycles(_ evidence: EvidenceBundle) {
    var forced: (count: Double, source: String)?
    if let series = evidence.series, let last = series.value.last(.numForcedGC) {
      forced = (last, series.source)
    } else if let trace = evidence.gcTrace, trace.value.count >= 3 {
      forced = (Double(trace.value.forced.count { $0 }), trace.source)
    }
    guard let forced else { return }
    let count = Int(clamping: forced.count)
    insert(
      .gcForced,
      forced.count,
      "the program called runtime.GC() \(count) time\(count == 1 ? "" : "s")",
      [forced.source]
    )
  }

  /// The live heap by the snapshots: the lowest HeapAlloc of the last third.
  private func liveHeap(_ series: SnapshotSeries) -> Double? {
    let samples = series.samples(of: .heapAlloc)
    return samples.suffix(max(1, samples.count / 3)).map(\.value).min()
  }

  private mutating func measureRate(_ series: SnapshotSeries, _ from: [String]) {
    guard series.count >= 4, let rate = series.gain(of: .numGC, since: 0.5)?.rate else { return }
    insert(.gcRate, rate, "\(rate.shortText) GC cycles per second", from)
  }

  private mutating func measureTrace(_ trace: GCTrace, from: [String], limit: Double?) {
    let late = trace.count / 2..<trace.count
    let span = trace.times[trace.count - 1] - trace.times[late.lowerBound]
    if span > 0, let processors = trace.processors.last, processors > 0 {
      let busy = late.reduce(0) { $0 + trace.cpuTimes[$1] } / 1_000
      let share = min(1, busy / (span * Double(processors)))
      insert(.gcCPURecent, share, "GC takes \(percent(share)) of the CPU in the second half", from)
    }
    let ratios = late.compactMap { trace.live[$0] > 0 ? trace.goals[$0] / trace.live[$0] : nil }
    if !ratios.isEmpty {
      insert(
        .gcGoalOverLive,
        ratios.median,
        "the GC's goal is \(ratios.median.shortText) times the live heap (gctrace)",
        from
      )
    }
    if let limit {
      let live = late.map { trace.live[$0] }.max() ?? 0
      insert(
        .gcLiveOverLimit,
        live * 1_048_576 / limit,
        "the live heap after GC reaches \(live.shortText) MiB, \(percent(live * 1_048_576 / limit)) of the limit",
        from
      )
    }
    let samples = zip(trace.times, trace.live).map { Sample(time: $0, value: $1 * 1_048_576) }
    if self[.heapTrend] == nil,
      let outline = SeriesOutline(samples, summary: .floor, noise: 4 * mebibyte)
    {
      insertHeapTrend(outline, "the live heap after GC", from)
    }
  }
}
