/// Collects the lines of one goroutine after another and keeps each distinct stack once.
///
/// The lines are copied without what differs from goroutine to goroutine (arguments, offsets, the
/// creator's number). Stacks whose copies are equal are the same; only the first is parsed.
struct StackReader {
  /// What a copied text stands for.
  struct Stack {
    /// The index in `stacks`.
    var index: Int
    /// The index in `frames` of the creator; -1 when unknown.
    var createdBy: Int
    var isElided: Bool
  }

  private static let mostErrors = 100

  let lineLimit: Int
  private(set) var frames: [Frame] = []
  private(set) var stacks: [[Int32]] = []
  private(set) var skipped: [ParseError] = []
  private(set) var deepestStack = 0

  /// The copy: function lines without arguments, positions with a tab, one a line.
  private var text: [UInt8] = []
  private var isInAncestor = false
  private var lastLineIsPosition = false
  private var texts = ByteInterner()
  private var frameTexts = ByteInterner()
  private var stackOfText: [Stack] = []
  private var indexOfStack: [[Int32]: Int] = [:]

  init(lineLimit: Int) {
    self.lineLimit = lineLimit
  }

  /// Adds a line of the goroutine at hand.
  ///
  /// A last line that lacks its end may be any part of one, and is no error.
  mutating func add(_ line: TextCursor, number: Int, isLast: Bool) {
    guard line.rest.count <= lineLimit else {
      skip(number, "line is longer than the limit of \(lineLimit) bytes")
      return
    }
    if line.next == Ascii.tab {
      addPosition(line)
    } else if line.starts(with: "[originating from goroutine ") {
      // What follows are the stacks of those that created it: not its own frames.
      isInAncestor = true
    } else if !isInAncestor, !addCall(line), !isLast {
      skip(number, "neither a call nor a place")
    }
  }

  private mutating func skip(_ line: Int, _ reason: String) {
    lastLineIsPosition = false
    guard skipped.count < Self.mostErrors else { return }
    skipped.append(ParseError(format: "goroutine", place: .line(line), reason: reason))
  }

  /// Copies `\t/path/file.go:123 +0x1d fp=0x… sp=0x… pc=0x…` up to the line number.
  private mutating func addPosition(_ line: TextCursor) {
    var end = line.end
    if let colon = line.findLast(Ascii.colon) {
      end = colon + 1
      while end < line.end, Ascii.isDigit(line.bytes[end]) { end += 1 }
    }
    // Only a place with its offset is surely whole where the capture ends.
    lastLineIsPosition = line.part(end..<line.end).starts(with: " +0x")
    guard !isInAncestor else { return }
    append(line.bytes[line.offset..<end])
  }

  /// Copies `pkg.(*T).M(0xc000…)`, `created by F in goroutine 1` or `...12 frames elided...`.
  private mutating func addCall(_ line: TextCursor) -> Bool {
    lastLineIsPosition = false
    if line.starts(with: "...") {
      append(line.bytes[line.rest])
      return true
    }
    if line.starts(with: "created by ") {
      append(line.bytes[line.offset..<creatorEnd(line)])
      return true
    }
    guard line.end > line.offset, line.bytes[line.end - 1] == UInt8(ascii: ")"),
      let open = line.findLast(UInt8(ascii: "(")), open > line.offset
    else { return false }
    let name = line.offset..<open
    guard !line.bytes[name].contains(Ascii.space) else { return false }
    append(line.bytes[name])
    return true
  }

  private func creatorEnd(_ line: TextCursor) -> Int {
    var end = line.end
    while end > line.offset, Ascii.isDigit(line.bytes[end - 1]) { end -= 1 }
    let suffix: StaticString = " in goroutine "
    let start = end - suffix.utf8CodeUnitCount
    guard start > line.offset, line.part(start..<end).starts(with: suffix) else { return line.end }
    return start
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) {
    text.append(contentsOf: bytes)
    text.append(Ascii.newline)
  }

  /// Whether the lines added so far are not all of their goroutine.
  ///
  /// Every goroutine but the first names its creator, and every creator has a place.
  func endsInside(isFirst: Bool) -> Bool {
    guard lastLineIsPosition else { return true }
    return !isFirst && TextCursor(text).find("created by ") == nil
  }

  /// Ends the goroutine at hand.
  mutating func finish() -> Stack {
    defer {
      text.removeAll(keepingCapacity: true)
      isInAncestor = false
      lastLineIsPosition = false
    }
    let (number, isNew) = texts.intern(text, 0..<text.count)
    if isNew { stackOfText.append(parse()) }
    return stackOfText[number]
  }

  private mutating func parse() -> Stack {
    var stack: [Int32] = []
    var createdBy = -1
    var elided = 0
    var cursor = TextCursor(text)
    while var call = cursor.takeLine() {
      if call.take("...") {
        elided += Int(call.takeInteger().flatMap { $0 < 1 << 32 ? $0 : nil } ?? 1)
        continue
      }
      guard call.next != Ascii.tab else { continue }
      let isCreator = call.take("created by ")
      var place: TextCursor?
      if cursor.next == Ascii.tab { place = cursor.takeLine() }
      let frame = frame(call: call, place: place)
      if isCreator { createdBy = frame } else { stack.append(Int32(truncatingIfNeeded: frame)) }
    }
    deepestStack = max(deepestStack, stack.count + elided)
    let index = indexOfStack[stack] ?? stacks.count
    if index == stacks.count {
      indexOfStack[stack] = index
      stacks.append(stack)
    }
    return Stack(index: index, createdBy: createdBy, isElided: elided > 0)
  }

  /// The number of a frame, which stands in the copy as one or two lines.
  private mutating func frame(call: TextCursor, place: TextCursor?) -> Int {
    let range = call.offset..<(place?.end ?? call.end)
    let (number, isNew) = frameTexts.intern(text, range)
    guard isNew else { return number }
    let function = call.string(call.rest)
    guard var place else {
      frames.append(Frame(function: function))
      return number
    }
    _ = place.take("\t")
    guard let colon = place.findLast(Ascii.colon) else {
      frames.append(Frame(function: function, file: place.string(place.rest)))
      return number
    }
    var digits = place.part(colon + 1..<place.end)
    let line = digits.takeInteger().flatMap { Int(exactly: $0) } ?? 0
    let file = place.string(place.offset..<colon)
    frames.append(Frame(function: function, file: file, line: line))
    return number
  }
}
