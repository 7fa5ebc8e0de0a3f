import Foundation

/// The built program, and one run of it.
struct Program {
  /// What came of a run.
  struct Outcome {
    let output: String
    let errors: String
    let exitCode: Int32
  }

  /// A folder of its own, in which the program runs and keeps its database.
  let folder: URL

  /// The program beside the test bundle.
  static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "leakbook")

  /// Makes a folder to run in.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "leakbook-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Removes the folder and all in it.
  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Begins a run whose streams end in files of the folder, so that no pipe can fill up.
  ///
  /// - Parameters:
  ///   - arguments: What follows the program's name.
  ///   - environment: Variables beside those that make a run the same everywhere.
  ///   - input: A file of the folder for standard input; nothing can be read without one.
  ///   - name: What the files of the streams are called.
  ///   - executable: Another program than the built one.
  /// - Returns: The process, under way.
  /// - Throws: What the system says when it cannot be started.
  func start(
    _ arguments: [String],
    environment: [String: String] = [:],
    input: String? = nil,
    name: String = "run",
    executable: URL = Self.executable
  ) throws -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "HOME": folder.path, "LEAKBOOK_DB": "leakbook.db", "LEAKBOOK_USER": "tester", "LANG": "C",
    ].merging(environment) { $1 }
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: folder.appending(path: $0)) }
      ?? FileHandle.nullDevice
    process.standardOutput = try stream(named: "\(name).stdout")
    process.standardError = try stream(named: "\(name).stderr")
    try process.run()
    return process
  }

  /// Waits until a run has written a text to a stream of its own.
  ///
  /// - Throws: `ScriptError` when the run ends, or half a minute goes by, without it.
  func wait(for text: String, in name: String, of process: Process) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(120)
    while try !self.text(of: name).contains(text) {
      guard process.isRunning, clock.now < end else { throw ScriptError("\(text) did not come") }
      await Task.yield()
    }
  }

  /// Runs the program to its end.
  func run(
    _ arguments: [String],
    environment: [String: String] = [:],
    input: String? = nil
  ) throws -> Outcome {
    try outcome(of: try start(arguments, environment: environment, input: input))
  }

  /// Runs a script of the shell to its end.
  func shell(_ script: String) throws -> Outcome {
    try outcome(of: try start(["-c", script], executable: URL(filePath: "/bin/bash")))
  }

  private func outcome(of process: Process) throws -> Outcome {
    process.waitUntilExit()
    return Outcome(
      output: try text(of: "run.stdout"),
      errors: try text(of: "run.stderr"),
      exitCode: process.terminationStatus
    )
  }

  /// The text of a file of the folder.
  func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  private func stream(named name: String) throws -> FileHandle {
    let file = folder.appending(path: name)
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}
