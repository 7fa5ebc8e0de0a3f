import Yams

/// Reads YAML nodes as values and gathers what is wrong with them, each problem at its place.
struct NodeReader {
  let source: PlaybookSource
  private let firstLine: Int
  private(set) var problems: [PlaybookProblem] = []

  init(_ source: PlaybookSource, _ part: PlaybookSource.Part) {
    self.source = source
    self.firstLine = part.firstLine
  }

  /// Composes a part of a file into nodes; nil when it is empty or is no YAML.
  mutating func compose(_ part: PlaybookSource.Part) -> Node? {
    guard !refuseAnchors(in: part.text) else { return nil }
    do {
      // The plain resolver leaves every scalar a string: what it is, the catalogue decides.
      let parser = try Parser(yaml: String(part.text), resolver: .basic, encoding: .utf8)
      return try parser.singleRoot()
    } catch {
      let place = (error as? YamlError)?.place ?? (line: 1, column: 1, reason: "\(error)")
      report(line: place.line, column: place.column, "no valid YAML: \(place.reason)")
      return nil
    }
  }

  /// Reports the first `&name`, which may be an anchor.
  ///
  /// Without anchors there are no aliases. This comes before composing: an alias that is a key is
  /// expanded without bound when Yams compares the keys.
  private mutating func refuseAnchors(in text: Substring) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return false }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let words = line.split { $0.isWhitespace || "[]{},:".contains($0) }
      guard let anchor = words.first(where: Self.isAnchor) else { continue }
      let column = line.unicodeScalars.distance(from: line.startIndex, to: anchor.startIndex) + 1
      report(line: index + 1, column: column, "a playbook has no anchors and no aliases")
      return true
    }
    return false
  }

  /// Whether a word is `&` and a name, not the `&` or `&&` of prose.
  private static func isAnchor(_ word: Substring) -> Bool {
    word.hasPrefix("&") && word.contains { $0 != "&" }
  }

  mutating func report(_ node: Node, offset: Int = 0, _ message: String) {
    report(line: node.mark?.line ?? 1, column: (node.mark?.column ?? 1) + offset, message)
  }

  private mutating func report(line: Int, column: Int, _ message: String) {
    problems.append(source.problem(line: firstLine + line - 1, column: column, message))
  }
}

extension NodeReader {
  /// The values of a mapping by key.
  ///
  /// Reports unknown keys, keys out of order, and keys missing that are not `optional`.
  mutating func fields(
    _ node: Node,
    keys: [String],
    optional: Set<String> = []
  ) -> [String: Node] {
    guard case .mapping(let mapping) = node else {
      report(node, "expected a mapping with the keys \(keys.joined(separator: ", "))")
      return [:]
    }
    var fields: [String: Node] = [:]
    var last = -1
    for (keyNode, value) in mapping {
      let key = string(keyNode)
      guard let index = keys.firstIndex(of: key) else {
        report(keyNode, "unknown key '\(key)'\(NearestName.hint(key, among: keys))")
        continue
      }
      if index < last { report(keyNode, "key '\(key)' belongs before '\(keys[last])'") }
      last = max(last, index)
      fields[key] = value
    }
    let missing = keys.filter { fields[$0] == nil && !optional.contains($0) }
    if !missing.isEmpty { report(node, "missing key '\(missing.joined(separator: "', '"))'") }
    return fields
  }

  /// The items of a list; none for nil.
  mutating func list(_ node: Node?) -> [Node] {
    guard let node else { return [] }
    guard case .sequence(let sequence) = node else {
      report(node, "expected a list")
      return []
    }
    return Array(sequence)
  }

  /// The text of a scalar, which may not be empty; empty for nil.
  mutating func string(_ node: Node?) -> String {
    node.flatMap { text($0) } ?? ""
  }

  /// The text of a scalar; nil, and reported, when it is empty or the node is no scalar.
  private mutating func text(_ node: Node) -> String? {
    guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
      report(node, "expected a text")
      return nil
    }
    return scalar.string
  }

  /// The number a scalar spells; 0 for nil.
  mutating func number(_ node: Node?) -> Double {
    guard let node, let text = text(node) else { return 0 }
    guard let number = Double(text), number.isFinite else {
      report(node, "expected a number, found '\(text)'")
      return 0
    }
    return number
  }

  /// The case of a vocabulary that a scalar spells; nil for nil.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ node: Node?,
    of vocabulary: Word.Type,
    or other: String? = nil
  ) -> Word? {
    guard let node, let text = text(node) else { return nil }
    if let word = Word(rawValue: text) { return word }
    if text == other { return nil }
    let known = vocabulary.allCases.map(\.rawValue)
    report(node, "unknown word '\(text)'\(NearestName.hint(text, among: known))")
    return nil
  }

  /// What a scalar's text says to a reader that may refuse it.
  mutating func read<Value>(
    _ node: Node?,
    _ parse: (String) throws(TextError) -> Value
  ) -> Value? {
    guard let node, let text = text(node) else { return nil }
    do {
      return try parse(text)
    } catch {
      // The mark of a quoted scalar is its quote.
      let isQuoted = node.scalar.map { [.singleQuoted, .doubleQuoted].contains($0.style) } ?? false
      report(node, offset: error.offset + (isQuoted ? 1 : 0), error.message)
      return nil
    }
  }
}

extension YamlError {
  /// Where and why the text is no YAML, counted from 1 in the part parsed.
  fileprivate var place: (line: Int, column: Int, reason: String)? {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      (mark.line, mark.column, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      (
        context.mark.line, context.mark.column,
        "the key '\(duplicates.joined(separator: "', '"))' stands twice"
      )
    default: nil
    }
  }
}
