/// Lays JSON out with a member a line, as far to the right as it is deep.
enum JSONLayout {
  /// The text with line breaks and indentation of its own; nil when it does not start as JSON.
  ///
  /// Nothing is checked: broken JSON stays broken. Depth beyond 64 moves nothing further right.
  static func indented(_ bytes: [UInt8]) -> [UInt8]? {
    guard let first = bytes.first(where: { !isSpace($0) }), first == brace || first == bracket
    else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2)
    var depth = 0
    var isString = false
    var isEscaped = false
    for byte in bytes {
      if isString {
        // A line break inside a string would look like a line of its own.
        output.append(byte == Ascii.newline ? Ascii.space : byte)
        if !isEscaped, byte == UInt8(ascii: "\"") { isString = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isString = true
        output.append(byte)
      case brace, bracket:
        output.append(byte)
        depth += 1
        breakLine(depth, &output)
      case brace + 2, bracket + 2:
        depth = max(0, depth - 1)
        breakLine(depth, &output)
        output.append(byte)
      case UInt8(ascii: ","):
        output.append(byte)
        breakLine(depth, &output)
      case UInt8(ascii: ":"): output += [byte, Ascii.space]
      default: if !isSpace(byte) { output.append(byte) }
      }
    }
    return output
  }

  private static let brace = UInt8(ascii: "{")
  private static let bracket = UInt8(ascii: "[")

  private static func isSpace(_ byte: UInt8) -> Bool {
    Ascii.isBlank(byte) || byte == Ascii.newline
  }

  private static func breakLine(_ depth: Int, _ output: inout [UInt8]) {
    output.append(Ascii.newline)
    output += [UInt8](repeating: Ascii.space, count: 2 * min(depth, 64))
  }
}
