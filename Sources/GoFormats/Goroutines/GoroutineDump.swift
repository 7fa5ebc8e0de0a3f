/// One call on a stack.
package struct Frame: Sendable, Hashable {
  /// The function's full name, without arguments: `main.(*Hub).Publish`.
  package let function: String
  /// The source file as the capture spells it; empty when unknown.
  package let file: String
  /// 0 when unknown.
  package let line: Int

  package init(function: String, file: String = "", line: Int = 0) {
    self.function = function
    self.file = file
    self.line = line
  }
}

/// The goroutines of a text capture: `debug=2`, a panic's or SIGQUIT's traces, or `debug=1` groups.
///
/// Frames and stacks are stored once however many goroutines share them.
package struct GoroutineDump: Sendable {
  /// A goroutine, or a group of them that the capture itself counted together.
  package struct Entry: Sendable, Equatable {
    /// The goroutine's number; 0 for a group.
    package let id: UInt64
    /// How many goroutines this is: 1, or a group's count.
    package let count: Int
    /// The index of the wait reason in `states`; -1 where the capture has none (`debug=1`).
    package let state: Int
    /// Whole minutes of waiting as the runtime prints them; 0 below one minute.
    package let waitMinutes: Int
    package let isLockedToThread: Bool
    /// The index of the stack in `stacks`.
    package let stack: Int
    /// The index in `frames` of the place that started it; -1 when unknown.
    package let createdBy: Int
    /// Whether the runtime's leak detector found that nothing can wake it (Go 1.26, `(leaked)`).
    package let isLeaked: Bool

    package init(
      id: UInt64,
      count: Int,
      state: Int,
      waitMinutes: Int,
      isLockedToThread: Bool,
      stack: Int,
      createdBy: Int,
      isLeaked: Bool = false
    ) {
      self.id = id
      self.count = count
      self.state = state
      self.waitMinutes = waitMinutes
      self.isLockedToThread = isLockedToThread
      self.stack = stack
      self.createdBy = createdBy
      self.isLeaked = isLeaked
    }
  }

  package var entries: [Entry] = []
  /// The wait reasons as Go writes them: `chan send`, `IO wait`, `sync.Mutex.Lock` …; without the
  /// remarks `(scan)`, `(durable)` and `(leaked)`.
  package var states: [String] = []
  package var frames: [Frame] = []
  /// Frame indexes of each stack, leaf first.
  package var stacks: [[Int32]] = []
  /// The number that a `debug=1` header gives; nil where the capture has no header.
  package var statedTotal: Int?
  /// Whether the capture ends inside a goroutine, so that others may be missing.
  package var isCut = false
  /// How many goroutines have a stack in which the runtime left out frames ("...N frames elided...").
  package var elidedStackCount = 0
  /// The most frames of one stack: those printed and those left out.
  package var deepestStack = 0
  /// The lines that could not be read, the first hundred of them.
  package var skipped: [ParseError] = []

  package init() {}

  /// The goroutines seen.
  package var total: Int { entries.reduce(0) { $0 + $1.count } }
}
