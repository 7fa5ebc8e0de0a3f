import Foundation
import Testing

/// Runs the archives of `Scripts/` against the built program.
///
/// With `UPDATE_SCRIPTS=1` the answers that do not fit are written back into the archives instead.
struct ScriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Scripts")

  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".txt") }.sorted()
  }()

  @Test(arguments: names) func `each command answers as its script says`(name: String) throws {
    let file = Self.folder.appending(path: name)
    var archive = try ScriptArchive(String(contentsOf: file, encoding: .utf8))
    let runner = try ScriptRunner(archive.files)
    defer { runner.end() }
    let isUpdate = ProcessInfo.processInfo.environment["UPDATE_SCRIPTS"] == "1"
    for (index, expected) in archive.steps.enumerated() {
      let step = try runner.run(expected.command)
      let output = OutputPattern(expected.output).matches(step.output)
      let errors = OutputPattern(expected.errors).matches(step.errors)
      guard isUpdate else {
        #expect(output, "\(step.command)\nstdout is:\n\(step.output)")
        #expect(errors, "\(step.command)\nstderr is:\n\(step.errors)")
        #expect(step.exitCode == expected.exitCode, "\(step.command)")
        continue
      }
      if !output { archive.steps[index].output = step.output }
      if !errors { archive.steps[index].errors = step.errors }
      archive.steps[index].exitCode = step.exitCode
    }
    if isUpdate { try archive.text.write(to: file, atomically: true, encoding: .utf8) }
  }

  @Test func `there are scripts`() {
    #expect(!Self.names.isEmpty)
  }
}
