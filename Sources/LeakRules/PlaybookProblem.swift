/// Something wrong in a playbook file, and the place in the file.
package struct PlaybookProblem: Sendable, Equatable {
  /// The file's path, as it was given.
  package let path: String
  /// Counted from 1.
  package let line: Int
  /// Counted from 1, in Unicode scalars.
  package let column: Int
  /// What was found and what was expected.
  package let message: String
  /// The text of the line, without its end.
  package let sourceLine: String

  /// Makes a problem at a place of a file.
  package init(path: String, line: Int, column: Int, message: String, sourceLine: String) {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
    self.sourceLine = sourceLine
  }
}

extension PlaybookProblem: CustomStringConvertible {
  /// The problem as `path:line:column: error: message`, the source line, and a caret below it.
  package var description: String {
    "\(path):\(line):\(column): error: \(message)\n\(sourceLine)\n\(indent)^"
  }

  /// Blanks as wide as the source line before the column: tabs stay, wide letters take two.
  private var indent: String {
    var blanks = ""
    for scalar in sourceLine.unicodeScalars.prefix(column - 1) {
      switch scalar.value {
      case 9: blanks += "\t"
      // The East Asian wide blocks: Hangul Jamo, CJK and fullwidth forms.
      case 0x1100...0x115F, 0x2E80...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60:
        blanks += "  "
      default: blanks += " "
      }
    }
    return blanks
  }
}

/// The problems because of which playbooks could not be read; never empty.
package struct PlaybookError: Error, Sendable, Equatable, CustomStringConvertible {
  /// In the order of the files, then of the lines as read.
  package let problems: [PlaybookProblem]

  /// Makes an error of one or more problems.
  package init(_ problems: [PlaybookProblem]) {
    self.problems = problems
  }

  /// The problems, each on lines of its own.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
