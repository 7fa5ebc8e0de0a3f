/// A text in which captures and prose are mixed, cut into its parts.
struct Paste {
  /// A run of lines that look like one capture.
  struct Part: Equatable {
    let kind: PasteKind
    /// Counted from 1.
    var lines: ClosedRange<Int>
    /// Where they stand in the text.
    var bytes: Range<Int>
  }

  private(set) var parts: [Part] = []

  /// How many lines of another shape may stand inside a crash: logs write into it.
  private static let mostForeignLines = 3

  /// A text of more parts than this is no paste by a person.
  private static let mostParts = 256

  private let text: TextCursor
  private var lineStarts: [Int] = [0]

  /// Cuts a text into parts.
  init(_ bytes: [UInt8]) {
    text = TextCursor(bytes)
    var cursor = text
    var lines: [TextCursor] = []
    while let line = cursor.takeLine() {
      lines.append(line)
      lineStarts.append(cursor.offset)
    }
    var index = 0
    while index < lines.count {
      guard let kind = PasteKind(opening: lines[index]) else {
        index += 1
        continue
      }
      let first = index
      let last = Self.last(of: kind, in: lines, from: index)
      parts.append(
        Part(
          kind: kind,
          lines: first + 1...last + 1,
          bytes: lineStarts[first]..<lineStarts[last + 1]
        )
      )
      index = last + 1
    }
  }

  /// The last line of a part; blank lines belong to it when it goes on behind them.
  private static func last(of kind: PasteKind, in lines: [TextCursor], from first: Int) -> Int {
    if kind == .json { return lastOfJSON(lines, from: first) }
    var last = first
    var index = first + 1
    var foreign = 0
    while index < lines.count {
      let line = lines[index]
      if isFence(line) { break }
      if isBlank(line) {
        index += 1
        continue
      }
      if kind.goesOn(with: line) {
        last = index
        foreign = 0
      } else if kind == .crash || kind == .goroutines, foreign < mostForeignLines {
        foreign += 1
      } else {
        break
      }
      index += 1
    }
    return last
  }

  /// Follows the brackets to their end; all in one line where they do not close.
  private static func lastOfJSON(_ lines: [TextCursor], from first: Int) -> Int {
    var depth = 0
    for index in first..<lines.count {
      if isFence(lines[index]) { return max(first, index - 1) }
      for byte in lines[index].bytes[lines[index].rest] {
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
      }
      guard depth <= 0 else { continue }
      // Lines of JSON are one capture.
      var last = index
      while last + 1 < lines.count, lines[last + 1].next == UInt8(ascii: "{"),
        lines[first].next == UInt8(ascii: "{"), index == first
      {
        last += 1
      }
      return last
    }
    return lines.count - 1
  }

  static func isBlank(_ line: TextCursor) -> Bool {
    var line = line
    line.skipBlanks()
    return line.isAtEnd
  }

  /// The fences that trackers and chats put around code, and what they leave of HTML.
  static func isFence(_ line: TextCursor) -> Bool {
    var line = line
    line.skipBlanks()
    return line.starts(with: "```") || line.starts(with: "~~~") || line.starts(with: "<details")
      || line.starts(with: "</details") || line.starts(with: "<pre") || line.starts(with: "</pre")
      || line.starts(with: "<summary")
  }

  /// The lines outside the given ones, without fences and with single blank lines between them.
  func story(outside ranges: [ClosedRange<Int>]) -> String {
    var output: [UInt8] = []
    var cursor = text
    var number = 0
    var wasBlank = true
    var remaining = ranges[...]
    while let line = cursor.takeLine() {
      number += 1
      while let next = remaining.first, next.upperBound < number { remaining.removeFirst() }
      if remaining.first?.contains(number) == true || Self.isFence(line) { continue }
      let isBlank = Self.isBlank(line)
      if isBlank, wasBlank { continue }
      wasBlank = isBlank
      output += line.bytes[line.rest]
      output.append(Ascii.newline)
    }
    while output.last == Ascii.newline { output.removeLast() }
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether the text outside the parts holds sentences, rather than a log's lines.
  var hasProse: Bool {
    let outside = story(outside: parts.map(\.lines))
    var cursor = TextCursor(Array(outside.utf8))
    while let line = cursor.takeLine() {
      if Self.isProse(line) { return true }
    }
    return false
  }

  /// Whether a line is a sentence: four words of letters in a row, two of them small, and no sign of
  /// a logger.
  private static func isProse(_ line: TextCursor) -> Bool {
    var line = line
    guard line.find("level=") == nil, line.find("[") == nil, let first = line.next,
      Ascii.isLetter(first) || first >= 0x80, line.find("runtime: ") == nil
    else { return false }
    var words = 0
    var small = 0
    while let word = line.takeWord() {
      let isWord = line.bytes[word].dropLast().allSatisfy { Ascii.isLetter($0) || $0 >= 0x80 }
      guard isWord else { break }
      words += 1
      if line.bytes[word.lowerBound] >= 0x61 { small += 1 }
    }
    return words >= 4 && small >= 2
  }
}

extension Paste {
  /// Whether the text is more than one capture, or a capture amid prose.
  ///
  /// What a log holds (traces, GC cycles, kills, a crash) counts as one.
  var isMixed: Bool {
    guard !parts.isEmpty, parts.count <= Self.mostParts else { return false }
    if hasProse { return true }
    let logKinds: Set<PasteKind> = [.crash, .goroutines, .cycles, .kernel]
    var kinds = Set(parts.map(\.kind))
    if !kinds.isDisjoint(with: logKinds) {
      kinds.subtract(logKinds)
      return !kinds.isEmpty
    }
    return kinds.count > 1
  }
}
