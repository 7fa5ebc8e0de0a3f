import LeakModel

/// Samples of one process in the order of time, one column a name; the form in which they are
/// merged, packed and rolled up.
struct SnapshotTable: Equatable {
  /// Milliseconds since 1970, ascending, each once.
  private(set) var times: [Int64] = []
  /// The columns by name, each as long as `times`; NaN where there is no number.
  private(set) var columns: [String: [Double]] = [:]

  init() {}

  /// Takes columns as long as the times, which ascend.
  init(times: [Int64], columns: [String: [Double]]) {
    self.times = times
    self.columns = columns
  }

  /// Puts later reports into the table: their numbers fill gaps and replace what was there.
  ///
  /// - Parameters:
  ///   - newTimes: Milliseconds since 1970, not decreasing; of two samples at one time the second
  ///     counts as the later report.
  ///   - newColumns: Columns as long as `newTimes`; NaN leaves a number as it is.
  /// - Complexity: Linear in the samples of both.
  mutating func merge(_ newTimes: ArraySlice<Int64>, _ newColumns: [String: ArraySlice<Double>]) {
    if let first = newTimes.first, times.last ?? .min < first, newTimes.ascends {
      append(newTimes, newColumns)
    } else {
      interleave(newTimes, newColumns)
    }
  }

  private mutating func append(
    _ newTimes: ArraySlice<Int64>,
    _ newColumns: [String: ArraySlice<Double>]
  ) {
    let before = times.count
    times += newTimes
    for (name, values) in newColumns where columns[name] == nil && values.hasNumber {
      columns[name] = [Double](repeating: .nan, count: before)
    }
    for name in Array(columns.keys) {
      if let values = newColumns[name] {
        columns[name, default: []] += values
      } else {
        columns[name, default: []] += repeatElement(.nan, count: newTimes.count)
      }
    }
  }

  private mutating func interleave(
    _ newTimes: ArraySlice<Int64>,
    _ newColumns: [String: ArraySlice<Double>]
  ) {
    let merged = Self.union(times, newTimes)
    let oldPlaces = Self.places(of: times[...], in: merged)
    let newPlaces = Self.places(of: newTimes, in: merged)
    for name in Set(columns.keys).union(newColumns.keys) {
      var column = [Double](repeating: .nan, count: merged.count)
      if let values = columns[name] {
        for (place, value) in zip(oldPlaces, values) { column[place] = value }
      }
      if let values = newColumns[name] {
        for (place, value) in zip(newPlaces, values) where !value.isNaN { column[place] = value }
      }
      columns[name] = column[...].hasNumber ? column : nil
    }
    times = merged
  }

  /// The times of both, each once.
  private static func union(_ one: [Int64], _ other: ArraySlice<Int64>) -> [Int64] {
    var merged: [Int64] = []
    merged.reserveCapacity(one.count + other.count)
    var left = one[...]
    var right = other
    while let next = [left.first, right.first].compactMap({ $0 }).min() {
      merged.append(next)
      while left.first == next { left.removeFirst() }
      while right.first == next { right.removeFirst() }
    }
    return merged
  }

  /// Where each of some times stands among all; every one of them is there.
  private static func places(of some: ArraySlice<Int64>, in all: [Int64]) -> [Int] {
    var place = 0
    return some.map { time in
      while place < all.count, all[place] < time { place += 1 }
      return place
    }
  }
}

extension ArraySlice<Int64> {
  /// Whether each is greater than the one before.
  fileprivate var ascends: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}

extension ArraySlice<Double> {
  fileprivate var hasNumber: Bool { contains { !$0.isNaN } }
}
