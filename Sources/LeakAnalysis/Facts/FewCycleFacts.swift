import GoFormats
import LeakModel

extension FactSet {
  /// Adds the course of the live heap where GC cycles are few: by the goal that each sets for the next.
  ///
  /// The goal is the live heap × (1 + GOGC/100). Objects that are allocated while a cycle marks count as
  /// live, so that a goal which moves by less than a fifth is level.
  mutating func measureGoals(_ series: SnapshotSeries, _ from: [String]) {
    let cycles = GCCycles(series)
    let goals = series.samples(of: .nextGC).filter { $0.value < 4e18 }
    guard cycles.count >= 2, cycles.isLate,
      let outline = SeriesOutline(goals, summary: .middle, noise: 8 * mebibyte)
    else { return }
    var shape = outline.shape
    if shape == .growing {
      if outline.end < 1.2 * outline.start {
        shape = .flat
      } else if let late = cycles.lateSurvival, late < 0.3 {
        shape = .saturating
      }
    }
    insert(
      .heapTrend,
      .word(shape.rawValue),
      "the GC's goal, which follows the live heap, \(shape.phrase): \(Bytes(outline.start)) → \(Bytes(outline.end))",
      from
    )
  }
}

/// The GC cycles that fall between the snapshots of a series, start-up left out.
private struct GCCycles {
  /// For each, in the order of time: what was allocated since the one before, and what of it the
  /// cycle left.
  private var steps: [(allocated: Double, survived: Double)] = []
  /// Whether one of them was in the second half.
  private(set) var isLate = false

  var count: Int { steps.count }

  /// HeapAlloc before the number of cycles rises is the heap that a cycle finds, that after it what
  /// it leaves; with snapshots a second apart both are close.
  init(_ series: SnapshotSeries) {
    guard let cycles = series.columns[.numGC], let heap = series.columns[.heapAlloc] else { return }
    var left = heap.first ?? 0
    for index in cycles.indices.dropFirst() where cycles[index] > cycles[index - 1] {
      if index > cycles.count / 10 {
        steps.append((max(0, heap[index - 1] - left), heap[index] - left))
        if index >= cycles.count / 2 { isLate = true }
      }
      left = heap[index]
    }
  }

  /// The part that survived the last cycle, divided by the part that survived those before.
  ///
  /// A leak keeps the same part of all that is allocated; a cache or ring that is full keeps nothing more.
  var lateSurvival: Double? {
    guard let last = steps.last, steps.count >= 3, last.allocated > 0 else { return nil }
    let before = steps.dropLast().reduce((allocated: 0.0, survived: 0.0)) {
      ($0.allocated + $1.allocated, $0.survived + $1.survived)
    }
    guard before.allocated > 0, before.survived > 0 else { return nil }
    return max(0, last.survived / last.allocated) / (before.survived / before.allocated)
  }
}
