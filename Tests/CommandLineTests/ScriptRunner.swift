import Foundation

/// Runs a script's commands, one after the other, in a folder with its files.
struct ScriptRunner {
  private let program: Program

  /// The small captures that tests share.
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  /// Makes the folder and the files.
  init(_ files: [ScriptArchive.Section]) throws {
    program = try Program()
    for section in files {
      guard section.words.count >= 2 else { throw ScriptError("a file needs a name") }
      let file = program.folder.appending(path: section.words[1])
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Self.content(of: section).write(to: file)
    }
  }

  /// Removes the folder.
  func end() {
    program.remove()
  }

  /// What a command line answers, with everything that changes from run to run made the same.
  func run(_ command: String) throws -> ScriptArchive.Step {
    let line = try CommandLineText(command)
    let outcome = try program.run(
      line.arguments,
      environment: line.environment,
      input: line.input
    )
    return ScriptArchive.Step(
      command: command,
      output: normalized(outcome.output),
      errors: normalized(outcome.errors),
      exitCode: outcome.exitCode
    )
  }

  /// The bytes that a section asks for.
  private static func content(of section: ScriptArchive.Section) throws -> Data {
    switch section.words[0] {
    case "file": return Data(section.body.utf8)
    case "base64":
      guard let data = Data(base64Encoded: section.body.filter { !$0.isNewline }) else {
        throw ScriptError("\(section.words[1]) is not base64")
      }
      return data
    case "copy":
      guard section.words.count >= 4 else { throw ScriptError("copy NAME from FIXTURE") }
      let data = try Data(contentsOf: fixtures.appending(path: section.words[3]))
      return section.words.count == 6 ? data.prefix(Int(section.words[5]) ?? 0) : data
    default: throw ScriptError("there is no section \(section.words[0])")
    }
  }

  /// The text with moments, days, the folder and the rules' hash replaced by their kind.
  private func normalized(_ text: String) -> String {
    text.replacing(program.folder.path, with: "<folder>")
      .replacing(/20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z/, with: "<time>")
      .replacing(/20\d\d-\d\d-\d\d/, with: "<day>")
      .replacing(/(rules"?[: ]"?)[0-9a-f]{16}/) { "\($0.output.1)<hash>" }
  }
}

/// A command line of a script, taken apart.
private struct CommandLineText {
  private(set) var environment: [String: String] = [:]
  private(set) var arguments: [String] = []
  private(set) var input: String?

  init(_ text: String) throws {
    var words = Self.words(of: text)[...]
    while let word = words.first, let equals = word.firstIndex(of: "="), word != "leakbook" {
      environment[String(word[..<equals])] = String(word[word.index(after: equals)...])
      words.removeFirst()
    }
    guard words.popFirst() == "leakbook" else {
      throw ScriptError("a command begins with leakbook")
    }
    if let sign = words.firstIndex(of: "<"), sign + 1 < words.endIndex {
      input = words[sign + 1]
      words = words[..<sign]
    }
    arguments = Array(words)
  }

  /// The words between blanks; quotes keep the blanks between them.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character == " " {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
