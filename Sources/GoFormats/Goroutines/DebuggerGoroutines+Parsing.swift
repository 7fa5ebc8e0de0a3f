extension DebuggerGoroutines {
  /// Reads what gdb's `info goroutines` (runtime-gdb.py) prints, amid other output of gdb.
  ///
  /// `* 1 running  runtime.systemstack_switch`; lines of another shape are passed over.
  package init(_ bytes: [UInt8]) {
    self.init()
    var text = TextCursor(bytes)
    while let line = text.takeLine() {
      if let entry = Entry(line) { entries.append(entry) }
    }
  }
}

extension DebuggerGoroutines.Entry {
  /// The states that runtime-gdb.py knows (Go 1.27).
  private static let states: Set = [
    "idle", "runnable", "running", "syscall", "waiting", "moribund", "dead", "recovery",
  ]

  init?(_ line: TextCursor) {
    var line = line
    // The current goroutine has a star, the others a blank.
    guard line.take("* ") || line.take("  "), let id = line.takeInteger(), id >= 0,
      line.take(" "), let state = line.takeWord(), line.starts(with: "  ")
    else { return nil }
    let name = line.string(state)
    guard Self.states.contains(name) else { return nil }
    line.skipBlanks()
    line.trimEnd()
    guard !line.isAtEnd else { return nil }
    self.init(id: UInt64(id), state: name, function: line.string(line.rest))
  }
}
