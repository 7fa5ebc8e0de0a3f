extension GoroutineDump {
  /// Reads full stacks: `debug=2`, a panic's or SIGQUIT's traces (Go 1.5 to 1.27).
  ///
  /// A goroutine: `goroutine 18 [chan send, 41 minutes, locked to thread]:`, then for each call a
  /// line `pkg.(*T).Method(0xc000012345, {…})` and a line `\t/path/file.go:123 +0x1d`, then
  /// `created by pkg.F in goroutine 1` with its place. A blank line or the next header ends it.
  /// Text outside the goroutines is passed over. A line that breaks a stack is recorded in
  /// `skipped`, and the stack goes on without it.
  ///
  /// - Complexity: linear; each distinct stack is parsed once.
  package init(stacks bytes: [UInt8], limits: ParseLimits = .default) {
    self.init()
    var reader = StackReader(lineLimit: limits.lineBytes)
    var stateNames = ByteInterner()
    var text = TextCursor(bytes)
    var open: GoroutineHeader?
    var lineNumber = 0
    func close(_ header: GoroutineHeader) {
      let (state, isNew) = stateNames.intern(bytes, header.state)
      if isNew { states.append(text.string(header.state)) }
      let stack = reader.finish()
      if stack.isElided { elidedStackCount += 1 }
      entries.append(
        Entry(
          id: header.id,
          count: 1,
          state: state,
          waitMinutes: header.waitMinutes,
          isLockedToThread: header.isLockedToThread,
          stack: stack.index,
          createdBy: stack.createdBy,
          isLeaked: header.isLeaked
        )
      )
    }
    while let line = text.takeLine() {
      lineNumber += 1
      if let header = GoroutineHeader(line) {
        if let open { close(open) }
        open = header
      } else if let header = open {
        guard line.isAtEnd else {
          reader.add(line, number: lineNumber, isLast: text.isAtEnd && bytes.last != Ascii.newline)
          continue
        }
        close(header)
        open = nil
      }
    }
    if let open {
      isCut = reader.endsInside(isFirst: open.id == 1)
      close(open)
    }
    frames = reader.frames
    stacks = reader.stacks
    skipped = reader.skipped
    deepestStack = reader.deepestStack
  }
}
