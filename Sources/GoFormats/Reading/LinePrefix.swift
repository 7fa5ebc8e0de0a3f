/// What a log puts before each line: `Aug 10 11:20:58 host node_exporter[28774]: `.
///
/// Another line has the same prefix when it has digits where this one has digits and letters where
/// this one has letters, however many (Go trims the zeros of a fraction), and the same signs.
struct LinePrefix {
  private enum Part: Equatable {
    case digits
    case letters
    case sign(UInt8)
  }

  private var parts: [Part] = []

  /// Takes the shape of a prefix; nil for an empty one.
  init?(_ text: TextCursor) {
    guard !text.isAtEnd else { return nil }
    for byte in text.bytes[text.rest] {
      let part = Self.part(byte)
      if case .sign = part {
        parts.append(part)
      } else if parts.last != part {
        parts.append(part)
      }
    }
  }

  private static func part(_ byte: UInt8) -> Part {
    if Ascii.isDigit(byte) { return .digits }
    return Ascii.isLetter(byte) ? .letters : .sign(byte)
  }

  /// Where a line goes on behind the prefix; nil when it has none.
  ///
  /// A blank line may have lost the prefix's last blanks.
  func end(in line: TextCursor) -> Int? {
    var line = line
    for (index, part) in parts.enumerated() {
      switch part {
      case .digits: if line.take(while: Ascii.isDigit).isEmpty { return nil }
      case .letters: if line.take(while: Ascii.isLetter).isEmpty { return nil }
      case .sign(let sign):
        guard line.next == sign else {
          let isRestBlank = parts[index...].allSatisfy { $0 == .sign(Ascii.space) }
          return line.isAtEnd && isRestBlank ? line.offset : nil
        }
        line.offset += 1
      }
    }
    return line.offset
  }

  /// The lines of a text without the prefix; those that lack it stay whole.
  func cut(off text: TextCursor) -> [UInt8] {
    let bytes = text.bytes
    var output: [UInt8] = []
    output.reserveCapacity(text.rest.count)
    var text = text
    while let line = text.takeLine() {
      output += bytes[(end(in: line) ?? line.offset)..<line.end]
      output.append(Ascii.newline)
    }
    if bytes.last != Ascii.newline, !output.isEmpty { output.removeLast() }
    return output
  }
}
