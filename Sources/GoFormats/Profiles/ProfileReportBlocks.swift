/// Follows the blocks of `-peek`: callers, then the function's own row, then callees.
struct PeekReader {
  private var pending: [(function: String, value: Double)] = []
  private var function: String?

  mutating func setFunction(_ name: String, in report: inout ProfileReport) {
    report.kind = .peek
    report.calls += pending.map { .init(caller: $0.function, callee: name, value: $0.value) }
    pending = []
    function = name
  }

  /// A neighbour after the function's row is called by it; one before, or after a rule, calls it.
  mutating func add(_ call: (function: String, value: Double), to report: inout ProfileReport) {
    if let function {
      report.calls.append(.init(caller: function, callee: call.function, value: call.value))
    } else {
      pending.append(call)
    }
  }

  mutating func endBlock() {
    function = nil
    pending = []
  }
}

/// Follows the stacks of `-traces`: a rule, labels, the value with the leaf, then the callers.
struct TraceReader {
  private var isOpen = false
  private var value: Double?
  private var functions: [String] = []

  mutating func read(_ line: TextCursor, into report: inout ProfileReport) {
    if line.starts(with: "-----------+----") {
      finish(&report)
      isOpen = true
      return
    }
    guard isOpen else { return }
    var cursor = line
    if value == nil {
      // `bytes:  512kB` is a label; a value is followed by blanks and the leaf.
      guard let taken = report.take(&cursor), let leaf = ProfileReport.function(cursor) else {
        return
      }
      value = taken
      functions = [leaf]
    } else if let function = ProfileReport.function(cursor) {
      functions.append(function)
    } else {
      finish(&report)
    }
  }

  mutating func finish(_ report: inout ProfileReport) {
    if let value { report.traces.append(.init(value: value, functions: functions)) }
    value = nil
    functions = []
    isOpen = false
  }
}
