/// A script test as a file: what it shows, files to begin with, and commands with their answers.
///
/// Shape: comment lines, then sections, each begun by a line `-- name --`:
///
///     # a cut profile is bad data
///     -- copy cut.pb.gz from heap.pb.gz bytes 100 --
///     -- file notes.txt --
///     just text
///     -- run --
///     leakbook top cut.pb.gz
///     -- stderr --
///     leakbook: cut.pb.gz: [..]
///     -- exit 65 --
///
/// `base64 NAME` makes a file of bytes, `run` may set variables before the program and take
/// standard input from a file after `<`. Without `exit` the code must be 0; a stream without a
/// section must be empty.
struct ScriptArchive: Sendable {
  /// One section: its name, which ends with its arguments, and the lines below it.
  struct Section: Sendable, Equatable {
    let words: [String]
    let body: String
  }

  /// A command line, and what is expected of it.
  struct Step: Sendable {
    let command: String
    var output = ""
    var errors = ""
    var exitCode: Int32 = 0
  }

  let comment: String
  /// The sections before the first command.
  let files: [Section]
  var steps: [Step]

  init(_ text: String) throws {
    var comment = ""
    var sections: [Section] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- "), line.hasSuffix(" --"), line.count > 6 {
        let words = line.dropFirst(3).dropLast(3).split(separator: " ").map(String.init)
        sections.append(Section(words: words, body: ""))
      } else if let last = sections.popLast() {
        sections.append(Section(words: last.words, body: last.body + line + "\n"))
      } else {
        comment += line + "\n"
      }
    }
    // The end of the file is no line of its own.
    if let last = sections.popLast() {
      sections.append(Section(words: last.words, body: String(last.body.dropLast())))
    }
    let firstRun = sections.firstIndex { $0.words == ["run"] } ?? sections.count
    self.comment = comment
    self.files = Array(sections[..<firstRun])
    self.steps = []
    for section in sections[firstRun...] {
      try add(section)
    }
  }

  private mutating func add(_ section: Section) throws {
    if section.words == ["run"] {
      steps.append(Step(command: section.body.trimmingSuffix("\n")))
      return
    }
    let last = steps.count - 1
    switch section.words.first {
    case "stdout": steps[last].output = section.body
    case "stderr": steps[last].errors = section.body
    case "exit":
      guard let code = section.words.last.flatMap({ Int32($0) }) else {
        throw ScriptError("exit needs a number")
      }
      steps[last].exitCode = code
    default: throw ScriptError("there is no section \(section.words.joined(separator: " "))")
    }
  }

  /// The archive as text, to be written back when its answers are brought up to date.
  var text: String {
    var text = comment
    for file in files { text += "-- \(file.words.joined(separator: " ")) --\n\(file.body)" }
    for step in steps {
      text += "-- run --\n\(step.command)\n"
      if !step.output.isEmpty { text += "-- stdout --\n\(step.output)" }
      if !step.errors.isEmpty { text += "-- stderr --\n\(step.errors)" }
      if step.exitCode != 0 { text += "-- exit \(step.exitCode) --\n" }
    }
    return text
  }
}

/// What is wrong with a script itself.
struct ScriptError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)).trimmingSuffix(suffix) : self
  }
}
