/// Finds the line of a log that says how the process ended.
///
/// Programs log the words of a crash that they survived. Hence a line whose traces follow comes
/// before one without, and there a fatal error or signal, which nothing survives, before a panic; of
/// equal ones the first counts. A panic never counts without its traces.
struct CrashSearch {
  /// A line that may be the one.
  struct Candidate {
    let line: CrashLine
    /// Where its line starts.
    let start: Int
    /// What the log puts before it.
    let prefix: TextCursor
  }

  private(set) var found: Candidate?

  /// What stands between a panic and its traces.
  private struct Gap {
    /// Lines that are not indented: the rest of the panic's value, until Go 1.23 indented it.
    var plainLines = 0
    /// Whether a blank line came, behind which a value does not go on plainly.
    var hasBlank = false
  }

  /// The most plain lines of a panic's value: an error printed with its stack has dozens.
  private static let mostPlainLines = 64

  private var pending: Candidate?
  private var pendingPrefix: LinePrefix?
  private var gap = Gap()
  private var tracedPanic: Candidate?
  private var untraced: Candidate?

  init(_ text: TextCursor) {
    var text = text
    var start = text.offset
    while let line = text.takeLine() {
      look(at: line, from: start)
      if found != nil { return }
      start = text.offset
    }
    if let pending, !pending.line.needsTraces { keepUntraced(pending) }
    found = tracedPanic ?? untraced
  }

  private mutating func look(at line: TextCursor, from start: Int) {
    if let pending {
      let content = content(of: line)
      if WildGoroutines.isHeader(unindented(content)) {
        end(pending, isPrefixed: pendingPrefix == nil || content.offset > line.offset)
        return
      }
      if pending.line.needsTraces, !goesOn(content) {
        self.pending = nil
      } else if pending.line.needsTraces, isIndented(content) {
        return
      }
    }
    if let next = CrashLine(line) { open(next, line, from: start) }
  }

  /// Takes a line that may be the one in place of what waits for its traces.
  private mutating func open(_ next: CrashLine, _ line: TextCursor, from start: Int) {
    if let pending {
      // `fatal error: panic on system stack`: of the panic whose line came before.
      if next.message.starts(with: "fatal error: panic ") { return }
      if !pending.line.needsTraces {
        guard next.needsTraces else { return }
        keepUntraced(pending)
      }
    }
    let prefix = line.part(line.offset..<next.message.offset)
    pending = Candidate(line: next, start: start, prefix: prefix)
    pendingPrefix = LinePrefix(prefix)
    gap = Gap()
  }

  /// Judges what waits for its traces at the first of them.
  private mutating func end(_ candidate: Candidate, isPrefixed: Bool) {
    pending = nil
    guard candidate.line.needsTraces else {
      found = candidate
      return
    }
    // Lines in between are of the same value only where all of them have the same prefix.
    if gap.plainLines == 0 || isPrefixed { tracedPanic = tracedPanic ?? candidate }
  }

  private mutating func keepUntraced(_ candidate: Candidate) {
    untraced = untraced ?? candidate
  }

  /// Whether a panic goes on with a line, so that its traces may still come.
  private mutating func goesOn(_ content: TextCursor) -> Bool {
    if Paste.isBlank(content) {
      gap.hasBlank = true
      return true
    }
    if isIndented(content) || content.starts(with: "[signal ")
      || content.starts(with: "goroutine running on other thread")
      || content.starts(with: "fatal error: panic ")
    {
      return true
    }
    gap.plainLines += 1
    return !gap.hasBlank && gap.plainLines <= Self.mostPlainLines
  }

  private func content(of line: TextCursor) -> TextCursor {
    pendingPrefix?.end(in: line).map { line.part($0..<line.end) } ?? line
  }

  private func isIndented(_ content: TextCursor) -> Bool {
    content.next.map(Ascii.isBlank) ?? false
  }

  private func unindented(_ content: TextCursor) -> TextCursor {
    var content = content
    content.skipBlanks()
    return content
  }
}
