/// What each function of a profile costs, by itself and with all it calls, for every column.
///
/// Functions of the same name are one. Locations without a line (no symbols) belong to no function;
/// what they hold is the row `unresolved`.
package struct FunctionTotals: Sendable {
  /// A function's share of one column.
  package struct Row: Sendable, Equatable {
    /// The function's full name.
    package let name: String
    /// The samples whose leaf call is this function.
    package let flat: Int64
    /// The samples that have this function anywhere in their stack, each counted once.
    package let cumulative: Int64

    package init(name: String, flat: Int64, cumulative: Int64) {
      self.name = name
      self.flat = flat
      self.cumulative = cumulative
    }
  }

  /// What `top` sorts by.
  package enum Order: Sendable {
    case flat
    case cumulative
  }

  /// The sum of all samples, for each column.
  package let totals: [Int64]
  private let columnCount: Int
  private let names: [String]
  /// The functions that occur in a sample, as indexes of `names`; the first name, `?`, is none.
  private let seen: [Int]
  /// Values by function, then column.
  private let flat: [Int64]
  private let cumulative: [Int64]

  /// Adds up a profile.
  ///
  /// Sums that exceed 64 bits wrap, as they do in Go.
  ///
  /// - Complexity: linear in the number of location references and their lines.
  package init(_ profile: Profile) {
    let columnCount = profile.sampleTypes.count
    let functions = LocationFunctions(profile)
    let stackValues = profile.valuesByStack()
    var totals = [Int64](repeating: 0, count: columnCount)
    var flat = [Int64](repeating: 0, count: functions.names.count * columnCount)
    var cumulative = flat
    // The number of the stack, from 1, that last counted a function.
    var lastStack = [UInt32](repeating: 0, count: functions.names.count)
    for stack in 0..<profile.stackCount {
      let number = UInt32(truncatingIfNeeded: stack + 1)
      let values = stackValues[stack * columnCount..<(stack + 1) * columnCount]
      totals.add(values, at: 0)
      let locations = profile.locations(ofStack: stack)
      if let leaf = locations.first {
        flat.add(values, at: Int(functions.ids[Int(functions.starts[Int(leaf)])]) * columnCount)
      }
      for location in locations {
        let first = Int(functions.starts[Int(location)])
        for line in first..<Int(functions.starts[Int(location) + 1]) {
          let function = Int(functions.ids[line])
          guard lastStack[function] != number else { continue }
          lastStack[function] = number
          cumulative.add(values, at: function * columnCount)
        }
      }
    }
    self.totals = totals
    self.columnCount = columnCount
    self.names = functions.names
    self.seen = lastStack.indices.dropFirst().filter { lastStack[$0] > 0 }
    self.flat = flat
    self.cumulative = cumulative
  }

  /// The functions with the largest values of a column; equal ones in the order of their names.
  package func top(_ count: Int, column: Int, by order: Order) -> [Row] {
    let values = order == .flat ? flat : cumulative
    let sorted = seen.sorted { one, other in
      let left = values[one * columnCount + column]
      let right = values[other * columnCount + column]
      return left != right
        ? left > right : names[one].utf8.lexicographicallyPrecedes(names[other].utf8)
    }
    return sorted.prefix(max(0, count)).map { row($0, column) }
  }

  /// All functions that occur in a sample, in no particular order.
  package func rows(column: Int) -> [Row] {
    seen.map { row($0, column) }
  }

  /// What locations without a line hold, under the name `?`; zeros when every location has one.
  package func unresolved(column: Int) -> Row {
    row(0, column)
  }

  private func row(_ function: Int, _ column: Int) -> Row {
    let index = function * columnCount + column
    return Row(name: names[function], flat: flat[index], cumulative: cumulative[index])
  }
}

extension Profile {
  /// The sums of the samples that share a stack: by stack, then column.
  fileprivate func valuesByStack() -> [Int64] {
    let columnCount = sampleTypes.count
    var sums = [Int64](repeating: 0, count: stackCount * columnCount)
    var next = 0
    for stack in sampleStacks {
      let start = Int(stack) * columnCount
      for column in 0..<columnCount { sums[start + column] &+= values[next + column] }
      next += columnCount
    }
    return sums
  }
}

extension [Int64] {
  /// Adds a sample's values to the row that starts at an index.
  fileprivate mutating func add(_ values: ArraySlice<Int64>, at start: Int) {
    var index = start
    for value in values {
      self[index] &+= value
      index += 1
    }
  }
}

/// The functions of each location, by name: innermost call first, at least one a location.
private struct LocationFunctions {
  var names = ["?"]
  /// Where each location's functions start in `ids`; one more entry than locations.
  var starts: [UInt32] = [0]
  /// Indexes of `names`.
  var ids: [UInt32] = []

  init(_ profile: Profile) {
    var known: [String: UInt32] = [:]
    func id(_ name: String) -> UInt32 {
      if let id = known[name] { return id }
      let id = UInt32(truncatingIfNeeded: names.count)
      known[name] = id
      names.append(name)
      return id
    }
    let byFunction = profile.functionNames.map { id($0) }
    for location in 0..<profile.locationCount {
      let lines = profile.lines(ofLocation: location)
      if lines.isEmpty { ids.append(0) }
      for line in lines { ids.append(byFunction[Int(profile.lineFunctions[line])]) }
      starts.append(UInt32(truncatingIfNeeded: ids.count))
    }
  }
}
