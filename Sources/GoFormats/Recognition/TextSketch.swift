/// What a capture looks like from one pass over its lines, before anything is parsed.
struct TextSketch {
  /// The formats that the whole text is, when it is one.
  enum Kind {
    case json
    case smaps
    case smapsRollup
    case status
    case limits
    case goroutineGroups
    case exposition
    case debugger
    case goroutineDump
    /// Lines of which some may matter: traces, GC cycles, kills, a crash.
    case log
    case unknown
  }

  private(set) var kind = Kind.unknown
  private(set) var isBlank = true
  private(set) var hasCycles = false
  private(set) var hasKills = false
  private(set) var hasGoroutines = false
  let isBinary: Bool

  /// Whether the text may yet be of a kind that only its lines tell.
  var isOpen: Bool {
    kind == .json || kind == .smaps || kind == .unknown && !hasCycles && !hasKills
  }

  init(_ bytes: [UInt8]) {
    isBinary = Self.isProtobuf(bytes)
    guard !isBinary else { return }
    var text = TextCursor(bytes)
    if SmapsSummary.isSmaps(text) {
      kind = .smaps
      isBlank = false
      return
    }
    // A dump is known by its first line: no need to look at a million goroutines twice.
    while kind != .goroutineDump, let line = text.takeLine() { look(at: line) }
  }

  /// Whether bytes are more likely a protocol buffer than a text: control characters at the start.
  static func isProtobuf(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(512).contains {
      $0 < 0x20 && $0 != Ascii.newline && !Ascii.isBlank($0) && $0 != 0x1b
    }
  }

  private mutating func look(at line: TextCursor) {
    var line = line
    let start = line
    line.skipBlanks()
    guard let first = line.next else { return }
    if isBlank, first == UInt8(ascii: "{") { kind = .json }
    if isBlank, GoroutineHeader(start) != nil { kind = .goroutineDump }
    isBlank = false
    // Lines that start with a tab are places in a trace, the bulk of a long crash.
    if kind == .unknown || kind == .log, start.next != Ascii.tab { identify(start) }
  }

  /// Recognises the lines that tell a format by themselves.
  private mutating func identify(_ line: TextCursor) {
    if line.starts(with: "Limit   ") && line.find("Soft Limit") != nil {
      kind = .limits
    } else if line.starts(with: "# HELP ") || line.starts(with: "# TYPE ")
      || line.starts(with: "go_memstats_") || line.starts(with: "container_memory_")
    {
      kind = .exposition
    } else if line.starts(with: "goroutine profile: total ")
      || line.starts(with: "goroutineleak profile: total ")
      || line.starts(with: "threadcreate profile: total ") || Self.isGroup(line)
    {
      kind = .goroutineGroups
    } else if line.starts(with: "VmPeak:") || line.starts(with: "VmSize:")
      || line.starts(with: "VmRSS:")
    {
      kind = .status
    } else if line.find("[rollup]") != nil || line.starts(with: "Pss:") {
      kind = .smapsRollup
    } else if DebuggerGoroutines.Entry(line) != nil {
      kind = .debugger
    } else {
      noteLog(line)
    }
  }

  private mutating func noteLog(_ line: TextCursor) {
    if GoroutineHeader(line) != nil {
      hasGoroutines = true
      kind = .log
    }
    if !hasCycles, GCTrace.isCycle(line) { hasCycles = true }
    if !hasKills {
      hasKills =
        line.find("Killed process ") != nil || line.find("oom-kill:constraint=") != nil
        || line.find("Kill process ") != nil
    }
  }

  /// Whether a line opens a group: `1000 @ 0x43d0c5 0x4ab1f2`.
  static func isGroup(_ line: TextCursor) -> Bool {
    var line = line
    return line.takeInteger() != nil && line.take(" @ 0x")
  }
}
