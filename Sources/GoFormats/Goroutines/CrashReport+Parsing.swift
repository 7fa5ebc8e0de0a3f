extension CrashReport {
  /// Reads how a Go process ended from what it wrote to its standard error; nil when it did not.
  ///
  /// `fatal error: concurrent map writes`, `panic: …`, `unexpected fault address 0x…`, `SIGQUIT: quit`
  /// and their kin, behind the same prefix that a log may put before each line; the traces follow.
  /// A panic needs its own traces to count: programs log the word, too. `CrashSearch` says which
  /// counts where there are several.
  /// Source: runtime/panic.go, runtime/signal_unix.go (Go 1.27).
  package init?(_ bytes: [UInt8], limits: ParseLimits = .default) {
    let text = TextCursor(bytes)
    guard let found = CrashSearch(text).found else { return nil }
    let rest = text.part(found.start..<bytes.count)
    let body = LinePrefix(found.prefix).map { $0.cut(off: rest) } ?? Array(bytes[rest.rest])
    let goroutines = GoroutineDump(anyLayout: body, limits: limits)
    self.init(found.line, before: text.part(0..<found.start), body, goroutines)
  }

  /// Whether a line says how a process ended, and needs no traces to be believed.
  static func isOpening(_ line: TextCursor) -> Bool {
    CrashLine(line).map { !$0.needsTraces || $0.message.offset == line.offset } ?? false
  }

  private init(
    _ first: CrashLine,
    before: TextCursor,
    _ body: [UInt8],
    _ goroutines: GoroutineDump
  ) {
    kind = first.kind
    message = first.message.string(first.message.rest)
    self.goroutines = goroutines
    // The lines up to the first trace say more: the signal's address, the error behind the cause.
    var text = TextCursor(body)
    while let line = text.takeLine(), GoroutineHeader(line) == nil {
      faultAddress = faultAddress ?? Self.address(in: line)
      if kind == .otherFatal, let next = CrashLine(line) {
        kind = next.kind
        message = next.message.string(next.message.rest)
      }
    }
    let isUnexpected = first.message.starts(with: "fatal error: unexpected signal")
    if isUnexpected, faultAddress != nil { kind = .memoryCorruption }
    if faultAddress == nil { faultAddress = Self.badPointer(before) }
  }

  private static func address(in line: TextCursor) -> UInt64? {
    var line = line
    if line.take("unexpected fault address ") { return line.takeHex() }
    guard line.take("[signal "), line.take(through: " addr=") else { return nil }
    return line.takeHex()
  }

  /// Finds the pointer that `fatal error: found bad pointer in Go heap` is about, told before it:
  /// `runtime: pointer 0xc000d8b750 to unused region of span`.
  private static func badPointer(_ text: TextCursor) -> UInt64? {
    var text = text
    var found: UInt64?
    while var line = text.takeLine() {
      if line.take(through: "runtime: pointer ") { found = line.takeHex() }
    }
    return found
  }
}
