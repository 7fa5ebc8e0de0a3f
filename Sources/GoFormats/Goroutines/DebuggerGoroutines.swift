/// What gdb's `info goroutines` lists: `* 1 running  runtime.systemstack_switch`.
package struct DebuggerGoroutines: Sendable, Equatable {
  /// One line of the list.
  package struct Entry: Sendable, Equatable {
    package let id: UInt64
    /// `running`, `runnable`, `waiting`, `syscall`.
    package let state: String
    package let function: String

    package init(id: UInt64, state: String, function: String) {
      self.id = id
      self.state = state
      self.function = function
    }
  }

  package var entries: [Entry] = []

  package init() {}
}
