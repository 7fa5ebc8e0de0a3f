import GoFormats
import LeakModel

extension FixComparison {
  /// The before-and-after table that closes an incident: GC count and pause, peak, slope, load.
  ///
  /// A row is there when either side knows its number.
  static func table(
    _ before: EvidenceBundle,
    _ after: EvidenceBundle,
    _ checks: [FixCheck]
  ) -> [FixTableRow] {
    let (old, new) = (ProcessNumbers(before), ProcessNumbers(after))
    // Where a check compares slopes, the table holds its numbers: one quantity has one number.
    func slope(_ name: String, _ metric: Metric) -> FixTableRow {
      let check = checks.first { $0.kind == .slope && $0.name == metric.rawValue }
      return FixTableRow(
        name: name,
        unit: "bytes/h",
        before: check?.before?.value ?? old.run?.slope(of: metric)?.perHour,
        after: check?.after?.value ?? new.run?.slope(of: metric)?.perHour
      )
    }
    var rows = [
      FixTableRow(name: "watched", unit: "s", before: old.span, after: new.span),
      FixTableRow(name: "gc_count", unit: "count", before: old.cycles, after: new.cycles),
      FixTableRow(name: "gc_rate", unit: "1/min", before: old.cycleRate, after: new.cycleRate),
      FixTableRow(name: "gc_pause", unit: "ms", before: old.pause, after: new.pause),
      FixTableRow(name: "gc_cpu", unit: "share", before: old.gcShare, after: new.gcShare),
      FixTableRow(name: "rss_peak", unit: "bytes", before: old.peak, after: new.peak),
      FixTableRow(name: "heap_peak", unit: "bytes", before: old.heapPeak, after: new.heapPeak),
      FixTableRow(
        name: "goroutines_peak",
        unit: "count",
        before: old.goroutines,
        after: new.goroutines
      ),
      FixTableRow(name: "alloc_rate", unit: "bytes/s", before: old.rate, after: new.rate),
      FixTableRow(
        name: "alloc_objects_rate",
        unit: "1/s",
        before: old.objectRate,
        after: new.objectRate
      ),
      slope("rss_slope", .vmRSS),
      slope("heap_slope", .heapAlloc),
    ]
    rows.removeAll { $0.before == nil && $0.after == nil }
    return rows
  }
}

/// The numbers of one process that tell how it runs.
private struct ProcessNumbers {
  let run: SeriesRun?
  let evidence: EvidenceBundle

  init(_ evidence: EvidenceBundle) {
    self.evidence = evidence
    run = evidence.series.map { SeriesRun($0.value) }
  }

  var span: Double? { run.map(\.span) }
  var cycles: Double? {
    run?.increase(of: .numGC)?.amount ?? evidence.gcTrace.map { Double($0.value.count) }
  }
  var cycleRate: Double? { run?.rate(of: .numGC).map { $0 * 60 } }
  var rate: Double? { run?.rate(of: .totalAlloc) }
  var objectRate: Double? { run?.rate(of: .mallocs) }
  var peak: Double? { run?.peak(.vmRSS) ?? run?.peak(.cgroupUsage) }
  var heapPeak: Double? { run?.peak(.heapAlloc) }
  var gcShare: Double? { run?.samples(of: .gcCPUFraction).last?.value }

  var goroutines: Double? {
    run?.peak(.numGoroutine) ?? evidence.countableCensuses.map { Double($0.total) }.max()
  }

  /// Mean stop-the-world time of a cycle in milliseconds.
  var pause: Double? {
    if let total = run?.increase(of: .pauseTotalNs), let count = run?.increase(of: .numGC) {
      return count.amount > 0 ? total.amount / count.amount / 1e6 : nil
    }
    guard let trace = evidence.gcTrace?.value, trace.count > 0 else { return nil }
    return trace.pauses.reduce(0, +) / Double(trace.count)
  }
}
