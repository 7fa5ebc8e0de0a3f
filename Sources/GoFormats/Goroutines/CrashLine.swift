/// A line that says how a process ended.
struct CrashLine {
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
