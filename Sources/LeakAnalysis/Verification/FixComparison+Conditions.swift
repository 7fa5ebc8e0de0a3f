import GoFormats
import LeakModel

/// How much work there was, before and after.
struct LoadComparison {
  /// Later load as a multiple of the earlier one; nil when it cannot be told.
  let ratio: Double?
  let check: FixCheck

  /// Half the load: below it, a leak of the same cause needs twice the time to show, which the
  /// comparison of durations does not allow for.
  private static let leastRatio = 0.5

  /// Compares what both processes allocated per second: work that a Go program does allocates.
  ///
  /// Objects rather than bytes, since one large buffer more or less is no other load.
  init(
    _ before: EvidenceBundle,
    _ after: EvidenceBundle,
    _ assurance: FixComparison.Assurance
  ) {
    let runs = (before.series.map { SeriesRun($0.value) }, after.series.map { SeriesRun($0.value) })
    for (metric, name) in [(Metric.mallocs, "objects"), (.totalAlloc, "bytes")]
    where !assurance.isAllocationTheSymptom {
      guard let old = runs.0?.rate(of: metric), let new = runs.1?.rate(of: metric), old > 0 else {
        continue
      }
      let ratio = new / old
      let isEnough = ratio >= Self.leastRatio || assurance.isComparable
      let share = "\((ratio * 100).shortText) % of the \(name) a second that it did before"
      self.ratio = ratio
      check = FixCheck(
        .load,
        metric.rawValue,
        unit: "\(name)/s",
        before: FixCheck.Measured(old),
        after: FixCheck.Measured(new),
        isEnough ? .pass : .fail,
        ratio >= Self.leastRatio
          ? "load is comparable: the process allocates \(share)"
          : isEnough
            ? "load is comparable, as stated by who verifies, though the process allocates \(share)"
            : "too little load to prove anything: the process allocates \(share)"
      )
      return
    }
    ratio = nil
    check = FixCheck(
      .load,
      "stated",
      unit: "",
      before: nil,
      after: nil,
      assurance.isComparable ? .pass : .unclear,
      assurance.isComparable
        ? "load is comparable, as stated by who verifies"
        : "nothing tells whether the load is comparable; state it with --comparable if it is"
    )
  }
}

extension FixComparison {
  /// The part of the old time that must have been watched: captures do not begin to the second.
  private static let leastTime = 0.9

  /// Compares how long both sides were watched.
  ///
  /// A fix is proven when the process lives on for as long as it took the trouble to show: the time
  /// to the kill where there was one.
  static func duration(
    _ before: EvidenceBundle,
    _ after: EvidenceBundle,
    _ assurance: Assurance
  ) -> FixCheck {
    guard let old = before.watchedTime, let new = after.watchedTime else {
      return FixCheck(
        .duration,
        "watched",
        unit: "s",
        before: before.watchedTime.map { FixCheck.Measured($0) },
        after: after.watchedTime.map { FixCheck.Measured($0) },
        assurance.isComparable ? .pass : .unclear,
        assurance.isComparable
          ? "the time is comparable, as stated by who verifies"
          : "the captures do not tell how long it was watched; state it with --comparable"
      )
    }
    let isEnough = new >= leastTime * old || assurance.isComparable
    let times = "watched for \(time(new)), and the trouble took \(time(old)) to show"
    return FixCheck(
      .duration,
      "watched",
      unit: "s",
      before: FixCheck.Measured(old),
      after: FixCheck.Measured(new),
      isEnough ? .pass : .fail,
      isEnough ? times : "too early: \(times)"
    )
  }

  /// Finds that the evidence is from before the trouble; nil when it is not.
  ///
  /// Evidence of the same hours is fine: a canary with the fix runs beside what it is to replace.
  static func order(
    _ before: EvidenceBundle,
    _ after: EvidenceBundle,
    _ assurance: Assurance
  ) -> FixCheck? {
    guard !assurance.isComparable, let old = before.moments.min(), let new = after.moments.max(),
      let first = Instant(seconds: old), let last = Instant(seconds: new), last < first
    else { return nil }
    return FixCheck(
      .order,
      "captured",
      unit: "s",
      before: FixCheck.Measured(old),
      after: FixCheck.Measured(new),
      .fail,
      "this evidence is no later one: it ends at \(last), and that of the trouble begins at \(first)"
    )
  }

  /// Compares how the processes ended.
  static func ends(_ before: EvidenceBundle, _ after: EvidenceBundle) -> [FixCheck] {
    [
      end(
        .kill,
        "OOM kill",
        before.wasKilled,
        after.wasKilled,
        "the kernel killed the process for want of memory"
      ),
      end(.crash, "crash", before.hasCrashed, after.hasCrashed, "the process crashed"),
    ].compactMap { $0 }
  }

  private static func end(
    _ kind: FixCheck.Kind,
    _ name: String,
    _ before: Bool,
    _ after: Bool,
    _ what: String
  ) -> FixCheck? {
    guard before || after else { return nil }
    let outcome: FixCheck.Outcome = !after ? .pass : before ? .fail : .worse
    let words = !after ? "not after the fix" : before ? "and again" : "which it did not before"
    return FixCheck(
      kind,
      name,
      unit: "",
      before: FixCheck.Measured(before ? 1 : 0),
      after: FixCheck.Measured(after ? 1 : 0),
      outcome,
      "\(what), \(words)"
    )
  }

  /// A span of time in words: `45 s`, `12 min`, `3.5 h`, `4 days`.
  private static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(seconds.shortText) s"
    case ..<7_200: "\((seconds / 60).shortText) min"
    case ..<172_800: "\((seconds / 3_600).shortText) h"
    default: "\((seconds / 86_400).shortText) days"
    }
  }
}

extension EvidenceBundle {
  /// Seconds for which the process was watched: by its samples, else by its captures' own times.
  fileprivate var watchedTime: Double? {
    if let series, series.value.count > 1 { return SeriesRun(series.value).span }
    guard let first = moments.min(), let last = moments.max(), last > first else { return nil }
    return last - first
  }

  /// The moments that its captures name, in seconds since 1970.
  ///
  /// A series may count from the start of the process: such times name no moment.
  fileprivate var moments: [Double] {
    let sampled = [series?.value.times.first, series?.value.times.last].compactMap { $0 }
    return sampled.filter { $0 > 1e9 } + censuses.compactMap { $0.time?.seconds }
      + heaps.compactMap { Instant(nanoseconds: $0.value.timeNanos)?.seconds }
  }

  /// Whether it ended by a fault of its own.
  ///
  /// SIGQUIT is how a person asks for the traces (runtime/signal_unix.go): no crash.
  fileprivate var hasCrashed: Bool {
    crash.map { !$0.value.message.hasPrefix("SIGQUIT") } ?? false
  }

  /// Whether the kernel killed it for want of memory.
  fileprivate var wasKilled: Bool {
    kills.map { !$0.value.isEmpty } ?? false || container?.value.isOOMKilled ?? false
  }
}
