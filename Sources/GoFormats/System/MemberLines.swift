/// The members of a described object with the path to each, whether the text is indented (YAML, the
/// output of `kubectl describe`, a fragment of pretty JSON) or whole JSON in any layout.
///
/// ```
/// Containers:            path []                      key "containers"
///   cart:                path ["containers"]          key "cart"
///     Limits:            path ["containers", "cart"]  key "limits"
/// ```
/// An item of a list stands in the path as `-`. Keys are in small letters.
struct MemberLines {
  struct Step {
    let key: String
    /// Where the step's line starts: what tells two items of one list apart.
    let offset: Int
    fileprivate let indent: Int
    /// A heading whose members stand as far left as itself: chats strip indentation.
    fileprivate var isFlat = false

    var isItem: Bool { key == "-" }
  }

  struct Member {
    let key: String
    /// Without quotes; empty where the members of the member follow.
    let value: String
  }

  private var path: [Step] = []
  private var isBelowHeading = false

  /// Calls back with each member and the path to it.
  static func read(_ bytes: [UInt8], visit: ([Step], Member) -> Void) {
    var lines = MemberLines()
    var text = TextCursor(JSONLayout.indented(bytes) ?? bytes)
    while let line = text.takeLine() { lines.read(line, visit) }
  }

  private mutating func read(_ line: TextCursor, _ visit: ([Step], Member) -> Void) {
    var line = line
    let start = line.offset
    line.skipBlanks()
    // A brace that stands alone opens an object without a name: in a list, an item.
    let indent = line.offset - start
    let isBrace = line.next == UInt8(ascii: "{")
    if isBrace || line.take("- ") {
      leave(toItemAt: indent)
      path.append(Step(key: "-", offset: start, indent: indent))
      isBelowHeading = false
      if isBrace { return }
      line.skipBlanks()
    }
    let keyIndent = line.offset - start
    guard let key = Self.takeKey(&line) else { return }
    let member = Member(key: key, value: Self.value(line))
    leave(toKeyAt: keyIndent, isHeading: member.value.isEmpty)
    visit(path, member)
    path.append(Step(key: key, offset: start, indent: keyIndent))
    isBelowHeading = member.value.isEmpty
  }

  /// Leaves what an item does not belong to; its list's name may stand as far left as itself.
  private mutating func leave(toItemAt indent: Int) {
    while let last = path.last, last.indent > indent || last.indent == indent && last.isItem {
      path.removeLast()
    }
  }

  private mutating func leave(toKeyAt indent: Int, isHeading: Bool) {
    if isBelowHeading, let last = path.last, !last.isItem, last.indent == indent {
      path[path.count - 1].isFlat = true
    }
    while let last = path.last, last.indent >= indent {
      if last.indent == indent, last.isFlat, !isHeading || isBelowHeading { return }
      path.removeLast()
    }
  }

  /// Takes `Exit Code:`, `"ExitCode":` or `GOGC=`.
  private static func takeKey(_ line: inout TextCursor) -> String? {
    let isQuoted = line.take("\"")
    let key = line.take {
      Ascii.isWord($0) || $0 == Ascii.space || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    if isQuoted { _ = line.take("\"") }
    guard !key.isEmpty, key.count <= 64, line.take(":") || line.take("=") else { return nil }
    return line.string(key).lowercased()
  }

  private static func value(_ line: TextCursor) -> String {
    var line = line
    line.skipBlanks()
    line.trimEnd()
    var text = Substring(line.string(line.rest))
    if text.hasSuffix(",") { text.removeLast() }
    if text == "{" || text == "[" { return "" }
    if text.hasPrefix("\"") { text.removeFirst() }
    if text.hasSuffix("\"") { text.removeLast() }
    return String(text)
  }
}
