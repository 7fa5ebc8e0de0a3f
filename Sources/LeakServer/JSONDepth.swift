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

/// A look for the one character that the database cannot keep: to it a text ends there.
enum JSONText {
  /// `\u0000`, as only an escape can bring it into JSON.
  private static let escape = Array(#"\u0000"#.utf8)

  /// Whether a text of some JSON holds U+0000.
  ///
  /// Complexity: linear.
  static func holdsNull(_ bytes: some Sequence<UInt8>) -> Bool {
    var matched = 0
    for byte in bytes {
      if byte == escape[matched] {
        matched += 1
        if matched == escape.count { return true }
      } else if matched == 1 {
        // What follows a backslash belongs to it, another backslash as well.
        matched = 0
      } else {
        matched = byte == escape[0] ? 1 : 0
      }
    }
    return false
  }
}
