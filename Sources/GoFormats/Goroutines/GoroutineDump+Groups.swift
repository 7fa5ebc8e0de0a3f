extension GoroutineDump {
  /// Reads the counted groups of `debug=1`, of a goroutine or threadcreate profile.
  ///
  /// A group: `1000 @ 0x43d0 0x4ab1`, perhaps `# labels: {"k":"v"}`, then a line
  /// `#\t0x4ab0\tpkg.(*T).M+0x1d\t/path/file.go:123` for each call, leaf first; a blank line ends it.
  /// The header `goroutine profile: total 1043` may be missing where only groups were pasted.
  /// Groups have no state; one whose calls are not listed has an empty stack.
  package init(groups bytes: [UInt8]) {
    self.init()
    var text = TextCursor(bytes)
    var frameIndexes: [Frame: Int32] = [:]
    var stackIndexes: [[Int32]: Int] = [:]
    var count: Int?
    var stack: [Int32] = []
    var lineNumber = 0
    func close() {
      guard let size = count else { return }
      let index = stackIndexes[stack] ?? stacks.count
      if index == stacks.count {
        stackIndexes[stack] = index
        stacks.append(stack)
      }
      entries.append(
        Entry(
          id: 0,
          count: size,
          state: -1,
          waitMinutes: 0,
          isLockedToThread: false,
          stack: index,
          createdBy: -1
        )
      )
      deepestStack = max(deepestStack, stack.count)
      count = nil
      stack = []
    }
    while var line = text.takeLine() {
      lineNumber += 1
      if line.take("#") {
        guard count != nil, let frame = Frame(groupLine: line) else { continue }
        let index = frameIndexes[frame] ?? Int32(truncatingIfNeeded: frames.count)
        if frameIndexes.updateValue(index, forKey: frame) == nil { frames.append(frame) }
        stack.append(index)
        continue
      }
      close()
      line.skipBlanks()
      if let size = line.takeInteger(), size >= 0, line.take(" @") {
        // Groups beyond any process's size would overflow a sum.
        count = Int(min(size, 1 << 32))
      } else if line.take(through: " profile: total "), let total = line.takeInteger() {
        statedTotal = Int(total)
      } else if !line.isAtEnd, skipped.count < 100 {
        skipped.append(
          ParseError(
            format: "goroutine",
            place: .line(lineNumber),
            reason: "neither a group nor a call"
          )
        )
      }
    }
    isCut = bytes.last.map { $0 != Ascii.newline } ?? false
    close()
    if let statedTotal, statedTotal > total { isCut = true }
  }
}

extension Frame {
  /// Reads what follows the `#` of a `debug=1` line: address, function with offset, place.
  ///
  /// Nil for a line of labels, and for an address without a function.
  init?(groupLine line: TextCursor) {
    var line = line
    guard let address = line.takeWord(), line.part(address).starts(with: "0x"),
      let symbol = line.takeWord()
    else { return nil }
    var end = symbol.upperBound
    if let plus = line.part(symbol).findLast(UInt8(ascii: "+")) { end = plus }
    line.skipBlanks()
    line.trimEnd()
    let function = line.string(symbol.lowerBound..<end)
    let place = line
    guard let colon = place.findLast(Ascii.colon) else {
      let file = place.string(place.rest)
      self.init(function: function, file: file == "?" ? "" : file)
      return
    }
    var digits = place.part(colon + 1..<place.end)
    let number = digits.takeInteger().flatMap { Int(exactly: $0) } ?? 0
    self.init(function: function, file: place.string(place.offset..<colon), line: number)
  }
}
