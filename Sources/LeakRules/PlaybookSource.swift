/// A playbook file cut into its parts.
///
/// Shape: a line `---`, the front matter, a line `---`, the Markdown body. `tests` is the last key
/// of the front matter and a part of its own, so that a diagnosis need not read the tests.
struct PlaybookSource: Sendable, Equatable {
  let path: String
  let text: String
  /// The front matter up to `tests`.
  let front: Part
  /// The front matter from `tests` on; empty without that key.
  let tests: Part
  let body: Part

  /// A run of whole lines of the file.
  struct Part: Sendable, Equatable {
    let text: Substring
    /// The number of the part's first line in the file, counted from 1.
    let firstLine: Int
  }

  /// No playbook is near this size; more would be a wrong file.
  private static let largest = 1 << 20

  /// Cuts a file into its parts.
  ///
  /// - Throws: `PlaybookError` when the file is larger than 1 MiB or has no front matter.
  init(path: String, text: String) throws(PlaybookError) {
    func failure(_ message: String) -> PlaybookError {
      let firstLine = text.utf8.prefix { $0 != UInt8(ascii: "\n") }
      return PlaybookError([
        PlaybookProblem(
          path: path,
          line: 1,
          column: 1,
          message: message,
          sourceLine: String(Substring(firstLine.prefix(200)))
        )
      ])
    }
    guard text.utf8.count <= Self.largest else {
      throw failure("a playbook is at most 1 MiB, found \(text.utf8.count) bytes")
    }
    guard text.utf8.starts(with: "---\n".utf8) else {
      throw failure("a playbook begins with a line of three dashes")
    }
    var lineNumber = 1
    var start = text.utf8.startIndex
    var testsStart: (index: String.Index, line: Int)?
    let frontStart = text.utf8.index(start, offsetBy: 4)
    while let end = text.utf8[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = text.utf8[start..<end]
      if testsStart == nil, line.starts(with: "tests:".utf8) { testsStart = (start, lineNumber) }
      if lineNumber > 1, line.elementsEqual("---".utf8) {
        let cut = testsStart ?? (start, lineNumber)
        self.path = path
        self.text = text
        self.front = Part(text: text[frontStart..<cut.index], firstLine: 2)
        self.tests = Part(text: text[cut.index..<start], firstLine: cut.line)
        self.body = Part(text: text[text.utf8.index(after: end)...], firstLine: lineNumber + 1)
        return
      }
      start = text.utf8.index(after: end)
      lineNumber += 1
    }
    throw failure("the front matter has no end: a second line of three dashes")
  }
}

extension PlaybookSource {
  /// Says what is wrong at a place of the file.
  func problem(line: Int, column: Int, _ message: String) -> PlaybookProblem {
    PlaybookProblem(
      path: path,
      line: line,
      column: column,
      message: message,
      sourceLine: self.line(line)
    )
  }

  /// Says what is wrong at the first line that holds a text; at the first line when none does.
  func problem(at needle: String, _ message: String) -> PlaybookProblem {
    for (index, line) in lines.enumerated() {
      guard let found = line.firstRange(of: needle) else { continue }
      let column = line.unicodeScalars.distance(from: line.startIndex, to: found.lowerBound) + 1
      return problem(line: index + 1, column: column, message)
    }
    return problem(line: 1, column: 1, message)
  }

  private var lines: [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func line(_ number: Int) -> String {
    let lines = lines
    return lines.indices.contains(number - 1) ? String(lines[number - 1]) : ""
  }
}
