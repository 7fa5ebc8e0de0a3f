import LeakModel

/// What a rolled-up column says of the samples of a step; the suffix follows the metric's name.
package enum RollupPart: Sendable, CaseIterable {
  case count
  case min
  case mean
  case max

  var suffix: String { ".\(self)" }
}

/// Samples brought together by steps of time: how many, the least, the mean and the greatest.
///
/// Rolled-up samples can be rolled up again and added to: their counts weigh the means.
struct Rollup {
  private struct Cell {
    var count: Double
    var min: Double
    var mean: Double
    var max: Double

    init(_ value: Double) {
      (count, min, mean, max) = (1, value, value, value)
    }

    /// Reads the four parts of a sample; nil where there are none.
    init?(_ parts: [RollupPart: [Double]], at index: Int) {
      guard let count = parts[.count]?[index], let min = parts[.min]?[index],
        let mean = parts[.mean]?[index], let max = parts[.max]?[index], count > 0
      else { return nil }
      (self.count, self.min, self.mean, self.max) = (count, min, mean, max)
    }

    mutating func add(_ other: Cell) {
      let sum = count + other.count
      mean += (other.mean - mean) * (other.count / sum)
      count = sum
      min = Swift.min(min, other.min)
      max = Swift.max(max, other.max)
    }

    func value(of part: RollupPart) -> Double {
      switch part {
      case .count: count
      case .min: min
      case .mean: mean
      case .max: max
      }
    }
  }

  /// Milliseconds.
  private let step: Int64
  /// By metric, then by the beginning of the step.
  private var cells: [String: [Int64: Cell]] = [:]

  init(step: SnapshotStep) {
    self.step = step.rawValue
  }

  /// Adds samples as they came.
  mutating func add(raw table: SnapshotTable) {
    for (name, values) in table.columns {
      for (time, value) in zip(table.times, values) where !value.isNaN {
        add(Cell(value), name, time)
      }
    }
  }

  /// Adds samples that were rolled up before, by this step or by finer ones.
  mutating func add(rolledUp table: SnapshotTable) {
    for name in table.metrics {
      let parts = table.parts(of: name)
      for (index, time) in table.times.enumerated() {
        if let cell = Cell(parts, at: index) { add(cell, name, time) }
      }
    }
  }

  /// The steps as a table with four columns a metric.
  var table: SnapshotTable {
    let times = Set(cells.values.flatMap(\.keys)).sorted()
    var columns: [String: [Double]] = [:]
    for (name, steps) in cells {
      for part in RollupPart.allCases {
        columns[name + part.suffix] = times.map { steps[$0]?.value(of: part) ?? .nan }
      }
    }
    return SnapshotTable(times: times, columns: columns)
  }

  private mutating func add(_ cell: Cell, _ name: String, _ time: Int64) {
    let start = time - time % step
    if cells[name]?[start]?.add(cell) == nil { cells[name, default: [:]][start] = cell }
  }
}

extension SnapshotTable {
  /// The names of the metrics of a rolled-up table.
  fileprivate var metrics: [String] {
    columns.keys.filter { $0.hasSuffix(RollupPart.count.suffix) }
      .map { String($0.dropLast(RollupPart.count.suffix.count)) }
  }

  /// The columns of one metric of a rolled-up table.
  fileprivate func parts(of name: String) -> [RollupPart: [Double]] {
    Dictionary(
      uniqueKeysWithValues: RollupPart.allCases.compactMap { part in
        columns[name + part.suffix].map { (part, $0) }
      }
    )
  }

  /// One part of every metric of a rolled-up table, under the metrics' own names.
  func part(_ part: RollupPart) -> SnapshotTable {
    SnapshotTable(
      times: times,
      columns: Dictionary(
        uniqueKeysWithValues: metrics.compactMap { name in
          columns[name + part.suffix].map { (name, $0) }
        }
      )
    )
  }
}
