import Foundation
import Testing

/// Playbooks of one's own, over those built in.
struct OwnPlaybookTests {
  private let program: Program
  private let folder: URL

  init() throws {
    program = try Program()
    folder = program.folder.appending(path: "mine/goroutine")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Keeps a playbook of ours, changed, as one of theirs.
  private func keep(replacing old: String, with new: String) throws {
    let ours = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Playbooks/goroutine/lock-blocked.md")
    let text = try String(contentsOf: ours, encoding: .utf8)
    #expect(text.contains(old))
    let file = folder.appending(path: "lock-blocked.md")
    try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
  }

  private static let title = "Goroutines pile up on a lock that is never released"

  @Test func `an own playbook takes the place of the one built in`() throws {
    defer { program.remove() }
    try keep(replacing: Self.title, with: "Ask Mia about the seat plan's lock")
    let list = try program.run(["playbook", "list", "--playbooks", "mine"])
    #expect(list.exitCode == 0)
    #expect(list.output.contains("Ask Mia about the seat plan's lock"))
    #expect(list.output.contains("http-body-unclosed"))
  }

  @Test func `an own playbook that lint refuses judges nothing`() throws {
    defer { program.remove() }
    try keep(replacing: "prior: -0.5", with: "prior: likely")
    let capture = ScriptRunner.fixtures.appending(path: "goroutine-channel-send-blocked.pb.gz").path
    let run = try program.run(["diagnose", "--playbooks", "mine", capture])
    #expect(run.exitCode == 65)
    #expect(run.errors.contains("lock-blocked.md"))
    #expect(run.output.isEmpty)
  }
}
