/// Goroutine traces as they reach trackers and chats, laid out again as the runtime writes them.
///
/// Undone are: the prefix that a log put before each line, indentation, tabs turned into blanks,
/// masked numbers (`goroutine N [`), newest line first, the headings of leak tests. Groups that a
/// tool merged (`48 goroutines [semacquire, 4 minutes]:`) become one trace each; `counts` keeps how
/// many goroutines it stands for.
struct WildGoroutines {
  /// The text as the runtime writes it.
  private(set) var text: [UInt8] = []
  /// One a trace.
  private(set) var counts: [Int] = []
  /// Lays a text out again.
  init(_ bytes: [UInt8]) {
    var lines = Self.lines(bytes)
    if let prefix = Self.prefix(of: TextCursor(bytes)) { Self.strip(prefix, &lines) }
    for index in lines.indices { lines[index].skipBlanks() }
    if Self.isNewestFirst(lines) { lines.reverse() }
    text.reserveCapacity(bytes.count)
    var skipsRuntimeStack = false
    for (index, line) in lines.enumerated() {
      if line.isAtEnd || Self.isHeader(line) { skipsRuntimeStack = false }
      if line.starts(with: "runtime stack:") { skipsRuntimeStack = true }
      if !skipsRuntimeStack { add(line, next: index + 1 < lines.count ? lines[index + 1] : nil) }
    }
    if bytes.last != Ascii.newline, !text.isEmpty { text.removeLast() }
  }

  private static func lines(_ bytes: [UInt8]) -> [TextCursor] {
    var text = TextCursor(bytes)
    var lines: [TextCursor] = []
    while let line = text.takeLine() { lines.append(line) }
    return lines
  }

  /// What a log put before the first line that opens a trace, and so before each.
  static func prefix(of text: TextCursor) -> LinePrefix? {
    var text = text
    while let line = text.takeLine() {
      if let anchor = Anchor(line) { return anchor.prefix }
    }
    return nil
  }

  private static func strip(_ prefix: LinePrefix, _ lines: inout [TextCursor]) {
    for index in lines.indices {
      guard let start = prefix.end(in: lines[index]) else { continue }
      lines[index].offset = start
    }
  }

  /// Whether a line opens a trace, in the runtime's form or one of those undone here.
  static func isHeader(_ line: TextCursor) -> Bool {
    GoroutineHeader(line) != nil || Anchor(line)?.prefix == nil && Anchor(line) != nil
  }

  /// Whether a text was pasted as a log viewer shows it, from the newest line to the oldest.
  static func isNewestFirst(_ bytes: [UInt8]) -> Bool {
    var lines = lines(bytes)
    if let prefix = prefix(of: TextCursor(bytes)) { strip(prefix, &lines) }
    for index in lines.indices { lines[index].skipBlanks() }
    return isNewestFirst(lines)
  }

  /// Whether a header stands below its calls.
  private static func isNewestFirst(_ lines: [TextCursor]) -> Bool {
    guard let header = lines.firstIndex(where: { isHeader($0) }), header > 0,
      isCall(lines[header - 1])
    else { return false }
    return header + 1 == lines.count || !isCall(lines[header + 1])
  }

  /// Whether a line is a call or its place, whatever its indentation.
  static func isCall(_ line: TextCursor) -> Bool {
    var line = line
    line.skipBlanks()
    line.trimEnd()
    if line.isAtEnd { return false }
    if isPlace(line) || line.starts(with: "created by ") { return true }
    guard line.bytes[line.end - 1] == UInt8(ascii: ")"), let open = line.find("("),
      line.part(line.offset..<line.end).find(".") != nil
    else { return false }
    return !line.bytes[line.offset..<open].contains(Ascii.space)
  }

  /// Whether a line without its indentation is a place: `/srv/main.go:12 +0x1d`.
  private static func isPlace(_ line: TextCursor) -> Bool {
    var line = line
    guard line.take(through: ".go:") || line.take(through: ".s:") || line.take(through: "_.c:")
    else { return line.starts(with: "?:0") }
    guard line.takeInteger() != nil else { return false }
    return line.isAtEnd || line.next == Ascii.space
  }

  private mutating func add(_ line: TextCursor, next: TextCursor?) {
    if let anchor = Anchor(line), anchor.prefix == nil {
      // A leak test's heading above the runtime's own header says nothing new.
      if anchor.isHeading, let next, Self.isHeader(next) { return }
      counts.append(anchor.count)
      append("goroutine \(anchor.id) [")
      text += line.bytes[anchor.state]
      append("]:\n")
      return
    }
    if GoroutineHeader(line) != nil { counts.append(1) }
    if line.rest.count == 1, line.next == UInt8(ascii: "]") {
      // goleak closes its list so; what follows is the test's.
      text.append(Ascii.newline)
      return
    }
    if Self.isPlace(line) { text.append(Ascii.tab) }
    text += line.bytes[line.rest]
    text.append(Ascii.newline)
  }

  private mutating func append(_ piece: String) {
    text += piece.utf8
  }
}

extension GoroutineDump {
  /// Reads traces in any layout that `WildGoroutines` can undo; in a text beyond the limit of a
  /// paste it is a log's prefix alone.
  init(anyLayout bytes: [UInt8], limits: ParseLimits) {
    guard bytes.count <= limits.pastedBytes else {
      let prefix = WildGoroutines.prefix(of: TextCursor(bytes))
      self.init(stacks: prefix?.cut(off: TextCursor(bytes)) ?? bytes, limits: limits)
      return
    }
    let wild = WildGoroutines(bytes)
    self.init(stacks: wild.text, limits: limits)
    guard wild.counts.count == entries.count else { return }
    for (index, count) in wild.counts.enumerated() where count != 1 {
      entries[index] = entries[index].counted(count)
    }
  }
}

extension GoroutineDump.Entry {
  fileprivate func counted(_ count: Int) -> Self {
    Self(
      id: 0,
      count: count,
      state: state,
      waitMinutes: waitMinutes,
      isLockedToThread: isLockedToThread,
      stack: stack,
      createdBy: createdBy,
      isLeaked: isLeaked
    )
  }
}
