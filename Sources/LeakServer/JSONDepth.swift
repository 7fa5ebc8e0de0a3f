/// A look at how deep JSON is nested, before a decoder that recurses gets to see it.
enum JSONDepth {
  /// Whether lists and objects lie in one another at most so deep; brackets in strings do not count.
  ///
  /// Complexity: linear, without recursion. Text that is no JSON may give either answer.
  static func isAtMost(_ limit: Int, in bytes: some Sequence<UInt8>) -> Bool {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        if depth > limit { return false }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
    return true
  }
}
