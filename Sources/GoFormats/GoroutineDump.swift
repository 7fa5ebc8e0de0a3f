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

    package init(
      id: UInt64, count: Int, state: Int, waitMinutes: Int, isLockedToThread: Bool, stack: Int,
      createdBy: Int
    ) {
      self.id = id
      self.count = count
      self.state = state
      self.waitMinutes = waitMinutes
      self.isLockedToThread = isLockedToThread
      self.stack = stack
      self.createdBy = createdBy
    }
  }

  package var entries: [Entry] = []
  /// The wait reasons as Go writes them: `chan send`, `IO wait`, `sync.Mutex.Lock` …
  package var states: [String] = []
  package var frames: [Frame] = []
  /// Frame indexes of each stack, leaf first.
  package var stacks: [[Int32]] = []
  /// The number that a `debug=1` header gives; nil where the capture has no header.
  package var statedTotal: Int?
  /// Whether the capture ends inside a goroutine or says that frames or goroutines are missing.
  package var isCut = false
  /// The number of stacks in which the runtime left out frames ("...N frames elided...").
  package var elidedStackCount = 0
  /// The most frames the runtime left out of one stack, with those that it printed.
  package var deepestStack = 0
  /// The pieces that could not be read.
  package var skipped: [ParseError] = []

  package init() {}

  /// The goroutines seen.
  package var total: Int { entries.reduce(0) { $0 + $1.count } }
}
