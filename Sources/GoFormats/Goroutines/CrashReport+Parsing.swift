extension CrashReport {
  /// Reads how a Go process ended from what it wrote to its standard error; nil when it did not.
  ///
  /// `fatal error: concurrent map writes`, `panic: …`, `unexpected fault address 0x…`, `SIGQUIT: quit`
  /// and their kin, behind the same prefix that a log may put before each line; the traces follow.
  /// A panic needs traces to count: programs log the word, too. The first crash counts.
  /// Source: runtime/panic.go, runtime/signal_unix.go (Go 1.27).
  package init?(_ bytes: [UInt8], limits: ParseLimits = .default) {
    var text = TextCursor(bytes)
    var start = text.offset
    var tries = 0
    while let line = text.takeLine() {
      if let found = CrashLine(line) {
        tries += 1
        guard tries <= Self.mostTries else { return nil }
        let prefix = line.offset..<found.message.offset
        let body = Self.unprefixed(TextCursor(bytes, range: start..<bytes.count), prefix)
        let goroutines = GoroutineDump(anyLayout: body, limits: limits)
        if !found.needsTraces || !goroutines.entries.isEmpty {
          self.init(found, before: TextCursor(bytes, range: 0..<start), body, goroutines)
          return
        }
      }
      start = text.offset
    }
    return nil
  }

  /// How many lines that may open a crash are followed up: each looks at all the rest of the text.
  private static let mostTries = 16

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

  /// The text with the log's prefix cut off the lines that have it.
  private static func unprefixed(_ text: TextCursor, _ prefix: Range<Int>) -> [UInt8] {
    let bytes = text.bytes
    guard let prefix = LinePrefix(text.part(prefix)) else { return Array(bytes[text.rest]) }
    var output: [UInt8] = []
    output.reserveCapacity(text.rest.count)
    var text = text
    while let line = text.takeLine() {
      output += bytes[(prefix.end(in: line) ?? line.offset)..<line.end]
      output.append(Ascii.newline)
    }
    if bytes.last != Ascii.newline, !output.isEmpty { output.removeLast() }
    return output
  }
}

/// A line that says how a process ended.
private struct CrashLine {
  let kind: CrashReport.Kind
  /// The line without the log's prefix.
  let message: TextCursor
  let needsTraces: Bool

  private static let openings: [(text: StaticString, needsTraces: Bool)] = [
    ("fatal error: ", false),
    ("unexpected fault address ", false),
    ("runtime: goroutine stack exceeds ", false),
    ("runtime: out of memory: ", false),
    ("runtime/cgo: pthread_create failed", false),
    ("runtime: program exceeds ", false),
    ("runtime: failed to create new OS thread", false),
    ("SIGQUIT: quit", false),
    ("SIGABRT: abort", false),
    ("SIGSEGV: segmentation violation", false),
    ("SIGBUS: bus error", false),
    ("SIGTRAP: trace trap", false),
    ("panic: ", true),
  ]

  init?(_ line: TextCursor) {
    // Tells more about the crash whose own line came before.
    guard line.find("[signal ") == nil else { return nil }
    for (opening, needsTraces) in Self.openings {
      guard let start = line.find(opening), Self.isPrefix(line.part(line.offset..<start)) else {
        continue
      }
      message = line.part(start..<line.end)
      kind = Self.kind(message)
      self.needsTraces = needsTraces
      return
    }
    return nil
  }

  /// A prefix is empty or ends with a blank; a quote in it means that the line only cites.
  private static func isPrefix(_ text: TextCursor) -> Bool {
    guard let last = text.bytes[text.rest].last else { return true }
    return Ascii.isBlank(last) && text.find("\"") == nil
  }

  /// What the runtime's wording means; the order matters where one message holds two.
  private static func kind(_ message: TextCursor) -> CrashReport.Kind {
    let meanings: [(StaticString, CrashReport.Kind)] = [
      ("concurrent map", .concurrentMap),
      ("stack overflow", .stackOverflow),
      ("stack exceeds", .stackOverflow),
      ("out of memory", .outOfMemory),
      ("cannot allocate memory", .outOfMemory),
      ("cannot map pages in arena", .outOfMemory),
      ("unexpected fault address", .memoryCorruption),
      ("found bad pointer", .memoryCorruption),
      ("found pointer to free object", .memoryCorruption),
      ("checkptr: ", .memoryCorruption),
      ("free object in span", .memoryCorruption),
      ("sweep increased allocation count", .memoryCorruption),
      ("invalid pointer found on stack", .memoryCorruption),
      ("marking free object", .memoryCorruption),
      ("unexpected return pc", .memoryCorruption),
      ("s.allocCount != s.nelems", .memoryCorruption),
      // No append can reach such a length: the slice's header was overwritten (runtime/slice.go).
      ("growslice: len out of range", .memoryCorruption),
      ("nil pointer dereference", .nilDereference),
      ("all goroutines are asleep", .deadlock),
      ("pthread_create failed", .threadExhaustion),
      ("thread exhaustion", .threadExhaustion),
      ("-thread limit", .threadExhaustion),
      ("failed to create new OS thread", .threadExhaustion),
      ("SIGSEGV: ", .memoryCorruption),
      ("SIGBUS: ", .memoryCorruption),
      ("SIG", .signal),
      ("panic: ", .panic),
    ]
    for (wording, kind) in meanings where message.find(wording) != nil { return kind }
    return .otherFatal
  }
}
