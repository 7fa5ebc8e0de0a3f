extension WildGoroutines {
  /// A line that opens a trace, wherever on the line it starts and whatever tool wrote it.
  struct Anchor {
    /// What stands before it; nil when nothing does.
    let prefix: LinePrefix?
    /// 0 where it is masked or a group's.
    var id: UInt64 = 0
    var count = 1
    /// What stands between the brackets: wait reason, minutes, remarks.
    var state = 0..<0
    /// Whether it is a leak test's heading: `Goroutine 21 in state chan receive, with …`.
    var isHeading = false

    init?(_ line: TextCursor) {
      guard let start = Self.start(line) else { return nil }
      prefix = LinePrefix(line.part(line.offset..<start))
      let content = line.part(start..<line.end)
      guard readHeader(content) || readGroup(content) || readHeading(content) else { return nil }
    }

    /// Where the words begin that open a trace: behind any prefix that ends with a blank or bracket.
    private static func start(_ line: TextCursor) -> Int? {
      var cursor = line
      while cursor.take(through: "oroutine") {
        var start = cursor.offset - 9
        guard start >= line.offset else { continue }
        let first = line.bytes[start]
        guard first == UInt8(ascii: "g") || first == UInt8(ascii: "G") else { continue }
        if cursor.next == UInt8(ascii: "s") {
          // The count of a group stands before the word.
          while start > line.offset, line.bytes[start - 1] == Ascii.space { start -= 1 }
          while start > line.offset, Ascii.isDigit(line.bytes[start - 1]) { start -= 1 }
        }
        guard start > line.offset else { return start }
        let before = line.bytes[start - 1]
        if Ascii.isBlank(before) || before == UInt8(ascii: "[") { return start }
      }
      return nil
    }

    /// `goroutine 18 [chan send, 41 minutes]:`, the number perhaps masked: `N`, `X`, `???`, `***`.
    private mutating func readHeader(_ line: TextCursor) -> Bool {
      var line = line
      guard line.take("goroutine ") else { return false }
      if let number = line.takeInteger() {
        guard number >= 0 else { return false }
        id = UInt64(number)
      } else {
        let mask = line.take { $0 != Ascii.space && $0 != UInt8(ascii: "[") }
        guard mask.count <= 8 else { return false }
      }
      line.skipBlanks()
      // Crashes give addresses between number and state: `gp=0xc000102380 m=nil`.
      if line.starts(with: "gp=") { _ = line.take { $0 != UInt8(ascii: "[") } }
      return takeState(&line)
    }

    /// Reads the header of a merged group, `48 goroutines [semacquire, 4 minutes]:`.
    private mutating func readGroup(_ line: TextCursor) -> Bool {
      var line = line
      guard let size = line.takeInteger(), size > 0, size < 1 << 32 else { return false }
      line.skipBlanks()
      guard line.take("goroutines") else { return false }
      line.skipBlanks()
      count = Int(size)
      return takeState(&line)
    }

    private mutating func takeState(_ line: inout TextCursor) -> Bool {
      guard line.take("["), let close = line.find("]") else { return false }
      state = line.offset..<close
      line.offset = close + 1
      line.trimEnd()
      return line.isAtEnd || line.starts(with: ":") || line.starts(with: " {")
    }

    /// `Goroutine 21 in state chan receive, with main.f on top of the stack:` (goleak).
    private mutating func readHeading(_ line: TextCursor) -> Bool {
      var line = line
      guard line.take("Goroutine "), let number = line.takeInteger(), number >= 0,
        line.take(" in state ")
      else { return false }
      guard let end = line.find(", with ") else { return false }
      id = UInt64(number)
      state = line.offset..<end
      isHeading = true
      return true
    }
  }
}
