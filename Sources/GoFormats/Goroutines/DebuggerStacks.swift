/// Goroutines with their stacks as debuggers print them, laid out again as the runtime does.
///
/// gdb: `#1  0x4ab1 in main.f (c=0xc0…) at /srv/main.go:12` after its prompt's `goroutine 5 bt`.
/// delve's `goroutines -t`: `  Goroutine 5 - User: ./main.go:12 main.f (0x4ab1) [chan receive]`, then
/// `	1  0x4ab1 in main.f` and `	   at ./main.go:12`.
struct DebuggerStacks {
  /// The text in the runtime's layout; empty when there is no stack.
  private(set) var text: [UInt8] = []

  init(_ bytes: [UInt8]) {
    var text = TextCursor(bytes)
    var command: Int64?
    var isOpen = false
    while let line = text.takeLine() {
      if let number = Self.command(line) {
        command = number
        isOpen = false
      } else if let header = DelveHeader(line) {
        open(id: header.id, state: header.state)
        isOpen = true
      } else if let call = DebuggerCall(line) {
        if !isOpen || call.depth == 0 && call.isGDB {
          open(id: command ?? 0, state: "stopped")
          command = nil
          isOpen = true
        }
        add("\(call.function)(...)\n")
        if let place = call.place { add("\t\(place)\n") }
      } else if isOpen, let place = Self.delvePlace(line) {
        add("\t\(place)\n")
      }
    }
  }

  /// Whether a line belongs to such a listing.
  static func isLine(_ line: TextCursor) -> Bool {
    DelveHeader(line) != nil || DebuggerCall(line) != nil
  }

  private mutating func open(id: Int64, state: String) {
    if !text.isEmpty { text.append(Ascii.newline) }
    add("goroutine \(id) [\(state)]:\n")
  }

  private mutating func add(_ piece: String) {
    text += piece.utf8
  }

  /// Reads the number in `(gdb) goroutine 5 bt`.
  private static func command(_ line: TextCursor) -> Int64? {
    var line = line
    _ = line.take("(gdb) ")
    guard line.take("goroutine "), let number = line.takeInteger(), line.starts(with: " bt") else {
      return nil
    }
    return number
  }

  private static func delvePlace(_ line: TextCursor) -> String? {
    var line = line
    line.skipBlanks()
    guard line.take("at ") else { return nil }
    line.trimEnd()
    return line.string(line.rest)
  }
}

/// A goroutine as delve heads it.
///
/// `* Goroutine 5 - User: ./main.go:12 main.f (0x4ab1f2) (thread 77) [chan receive 81234]`
private struct DelveHeader {
  let id: Int64
  let state: String

  init?(_ line: TextCursor) {
    var line = line
    _ = line.take("*")
    line.skipBlanks()
    guard line.take("Goroutine "), let id = line.takeInteger(), id >= 0, line.take(" - ") else {
      return nil
    }
    self.id = id
    var state = "running"
    if let open = line.findLast(UInt8(ascii: "[")) {
      line.offset = open + 1
      // The number behind the wait reason is the moment the wait began, by a clock of its own.
      let reason = line.part(
        line.take { $0 != UInt8(ascii: "]") && !Ascii.isDigit($0) }
      )
      var trimmed = reason
      trimmed.trimEnd()
      if !trimmed.isAtEnd { state = trimmed.string(trimmed.rest) }
    }
    self.state = state
  }
}

/// A call in a debugger's stack.
private struct DebuggerCall {
  let depth: Int64
  let isGDB: Bool
  let function: String
  /// `file:line`, where the same line gives it.
  let place: String?

  init?(_ line: TextCursor) {
    var line = line
    line.skipBlanks()
    isGDB = line.take("#")
    guard let depth = line.takeInteger(), depth >= 0, line.next.map(Ascii.isBlank) == true else {
      return nil
    }
    self.depth = depth
    line.skipBlanks()
    if line.takeHex() != nil {
      guard line.take(" in ") else { return nil }
    } else if !isGDB {
      return nil
    }
    line.skipBlanks()
    let end = line.find(" (") ?? line.end
    let name = line.part(line.offset..<end)
    guard !name.isAtEnd, !name.bytes[name.rest].contains(Ascii.space) else { return nil }
    function = name.string(name.rest)
    if let at = line.find(") at ") {
      var place = line.part(at + 5..<line.end)
      place.trimEnd()
      self.place = place.string(place.rest)
    } else {
      place = nil
    }
  }
}
